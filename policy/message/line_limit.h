// policy/message/line_limit.h: lines that are longer than mail may have.
#pragma once

#include <cstddef>
#include <string_view>

#include "policy/message/fault.h"

namespace ccgate {

/// RFC 5322 2.1.1, in octets without the line end. Programs on the way break what is longer where they like:
/// a word in the middle of a line here may begin one for whoever reads the message next.
inline constexpr std::size_t kLongestLine = 998;

/// Looks at octets as they come, in pieces of any size. A line ends at LF; a CR right before it is not of the
/// line.
class LineLimit {
 public:
  void add(std::string_view octets) noexcept;
  /// True once a line was too long, ended or not.
  [[nodiscard]] bool exceeded() const noexcept { return exceeded_; }

 private:
  std::size_t length_ = 0;  // of the line at hand, a CR at its end included
  bool ends_in_cr_ = false;
  bool exceeded_ = false;
};

/// True when a line of the field is too long: its name and colon are part of the first one.
[[nodiscard]] bool has_long_line(std::string_view name, std::string_view value) noexcept;

/// What a message with such a line is told.
[[nodiscard]] Fault long_line_fault();

}  // namespace ccgate
