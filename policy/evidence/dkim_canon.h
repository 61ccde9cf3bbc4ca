// policy/evidence/dkim_canon.h: the canonicalizations of DKIM (RFC 6376 3.4), to the letter: blanks are space
// and tab, a line ends with CRLF, and every other octet is itself.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "policy/message/message.h"

namespace ccgate {

/// `simple` (3.4.1): the field as it was on the wire. `relaxed` (3.4.2): the name in lower case, folds
/// undone, runs of blanks made one, none at the ends of the value. Both without the CRLF at the end. Folds of
/// `field` are LF or CRLF.
[[nodiscard]] std::string simple_field(const HeaderField& field);
[[nodiscard]] std::string relaxed_field(const HeaderField& field);

/// A body, as it streams (3.4.3, 3.4.4).
class CanonicalBody {
 public:
  explicit CanonicalBody(bool relaxed) : relaxed_(relaxed) {}
  /// Puts what `octets` make sure behind `out`. Pieces may be cut anywhere.
  void add(std::string_view octets, std::string& out);
  /// The rest. Call once, last.
  void finish(std::string& out);

 private:
  void put(char octet, std::string& out);
  void end_line();

  bool relaxed_;
  bool after_cr_ = false;      // the octet before was a CR, and not yet put
  bool blank_ = false;         // relaxed: blanks that count only before something else
  bool written_ = false;       // anything at all
  std::size_t line_ends_ = 0;  // that count only before something else
};

}  // namespace ccgate
