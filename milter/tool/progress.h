// milter/tool/progress.h: how far a long run has come, on a terminal.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace ccgate {

/// The text of the bar: `[#####.....] 154/309 fr, about 2 min 35 s left`, at most `width` columns. Pure.
[[nodiscard]] std::string progress_line(std::size_t done, std::size_t all, const std::string& at,
                                        std::chrono::seconds elapsed, std::size_t width);

/// One line at the bottom of the terminal behind standard error; nothing at all where that is none.
class ProgressBar {
 public:
  explicit ProgressBar(std::size_t all);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void show(std::size_t done, const std::string& at);
  /// Makes room for a line of other output.
  void clear();

 private:
  std::size_t all_;
  bool terminal_;
  std::chrono::steady_clock::time_point start_;
};

}  // namespace ccgate
