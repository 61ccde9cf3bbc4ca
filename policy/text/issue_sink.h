// policy/text/issue_sink.h: where a reader of one file tells what is wrong with it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "policy/text/issue.h"
#include "policy/text/text_lines.h"

namespace ccgate {

/// Collects issues about one file, and fills in the line that an issue points at. Refers to `text`, and looks
/// at it only when there is something to tell: most files are good, and some are large. Of what comes behind
/// a thousand issues only the first error is kept, so that nobody takes the file for a good one; that there
/// is more is told once.
class IssueSink {
 public:
  IssueSink(std::string file, std::string_view text, Issues& issues);
  void error(Position at, std::string what, std::string help = "");
  void warning(Position at, std::string what, std::string help = "");
  void note(Position at, std::string what, std::string help = "");
  [[nodiscard]] bool failed() const noexcept { return failed_; }
  /// True when a thousand were told, for files of millions of lines; that no more is read behind `at` is told
  /// then.
  [[nodiscard]] bool is_full(Position at);
  [[nodiscard]] const std::string& file() const noexcept { return file_; }

 private:
  void add(Severity severity, Position at, std::string what, std::string help);
  void keep(Severity severity, Position at, std::string what, std::string help);
  std::string file_;
  std::string_view text_;
  std::optional<TextLines> lines_;  // of `text_`, from the first issue on
  Issues* issues_;
  std::size_t told_ = 0;
  bool failed_ = false;
};

}  // namespace ccgate
