// milter/mime/charset.h: charsets -> UTF-8, only those in which ASCII text stands as ASCII.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ccgate {

/// True for a charset that `to_utf8` reads. Not among them: UTF-7, UTF-16, UTF-32, EBCDIC and HZ, in which
/// one program sees a command where another, that does not decode, sees none, or the other way round.
[[nodiscard]] bool is_known_charset(std::string_view charset);

/// nullopt for an unknown charset, for octets that it does not assign, and for ISO-2022-JP lines that do not
/// end in ASCII. `charset` empty means us-ascii; us-ascii that holds valid UTF-8 is read as such.
[[nodiscard]] std::optional<std::string> to_utf8(std::string_view octets, std::string_view charset);

}  // namespace ccgate
