// policy/message/line_ends.h: CR and LF that do not end a line together.
#pragma once

#include <string_view>

#include "policy/message/fault.h"

namespace ccgate {

/// RFC 5322 2.3: in a body CR and LF occur as CRLF only. Programs that read the same mail differ on the rest:
/// to one a command begins where another, and whoever signed it, sees the middle of a line.
class LineEnds {
 public:
  /// Looks at the octets of a body as they come, in pieces of any size.
  void add(std::string_view octets) noexcept;
  /// There are no more.
  void finish() noexcept { bare_ = bare_ || after_cr_; }
  /// True once there was a CR or LF that is not half of a CRLF.
  [[nodiscard]] bool bare() const noexcept { return bare_; }

 private:
  bool after_cr_ = false;  // the last octet was a CR
  bool bare_ = false;
};

/// What a message with one is told.
[[nodiscard]] Fault line_end_fault();

}  // namespace ccgate
