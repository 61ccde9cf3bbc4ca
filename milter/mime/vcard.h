// milter/mime/vcard.h: what a vCard (RFC 6350, RFC 2426) says to whoever opens it.
#pragma once

#include <string>
#include <string_view>

namespace ccgate {

struct VcardText {
  std::string text;   ///< the values of names, organisations, titles and addresses, a line each
  bool whole = true;  ///< false: it holds more (a note, a picture, an encoding, a property that is not known)
};

/// `source` in UTF-8. Linear time.
[[nodiscard]] VcardText vcard_text(std::string_view source);

}  // namespace ccgate
