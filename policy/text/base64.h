// policy/text/base64.h: base64 (RFC 4648 4) of keys and signatures.
#pragma once

#include <string>
#include <string_view>

namespace ccgate {

/// What `text` stands for. Whatever is no letter of the alphabet is passed over, and bits left at the end are
/// dropped: for text whose form was checked.
[[nodiscard]] std::string base64_decoded(std::string_view text);

/// In one line, padded.
[[nodiscard]] std::string base64_encoded(std::string_view octets);

}  // namespace ccgate
