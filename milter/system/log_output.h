// milter/system/log_output.h: lines to a place that is never waited for.
#pragma once

#include <cstddef>
#include <mutex>
#include <string_view>

#include "milter/system/descriptor.h"

namespace ccgate {

/// What a pipe takes as a whole or not at all (POSIX, PIPE_BUF).
inline constexpr std::size_t kLongestLogLine = 4096;

/// Where lines go. What is written is at most kLongestLogLine octets long.
class LogOutput {
 public:
  /// `fd` stays open for as long as the object lives; its flags are others' too, and are left alone.
  explicit LogOutput(int fd) noexcept;

  /// False when `text` was not written: whoever reads there is too slow, or gone. Never waits for a reader.
  /// Thread-safe.
  [[nodiscard]] bool put(std::string_view text) noexcept;

 private:
  std::mutex mutex_;
  int fd_;
  bool is_socket_ = false;
  Descriptor own_;
};

}  // namespace ccgate
