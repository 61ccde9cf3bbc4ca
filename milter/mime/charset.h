// milter/mime/charset.h: charsets -> UTF-8, only those in which ASCII text stands as ASCII.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace ccgate {

/// True for a charset whose octets are read, under any of its names (charset_names.h): one in which ASCII
/// text stands as ASCII. Not among them: UTF-7, UTF-16, UTF-32, EBCDIC and HZ, in which one program sees a
/// command where another, that does not decode, sees none, or the other way round.
[[nodiscard]] bool is_known_charset(std::string_view charset);

/// Reads the pieces of one text, whatever charset each is in. What a charset costs once, to find and to open
/// it, it costs once for each reader: a text that changes charsets with every word is no dearer than another.
/// More than 64 charsets in one text are too many.
class CharsetReader {
 public:
  CharsetReader();
  ~CharsetReader();
  CharsetReader(const CharsetReader&) = delete;
  CharsetReader& operator=(const CharsetReader&) = delete;

  /// As `to_utf8`; each call begins anew, in the charset's first state.
  [[nodiscard]] std::optional<std::string> to_utf8(std::string_view octets, std::string_view charset);
  /// As `is_known_charset`.
  [[nodiscard]] bool knows(std::string_view charset);

 private:
  class Converter;
  struct Reading;
  /// nullptr: one charset too many.
  Reading* reading_of(std::string_view charset);
  std::map<std::string, std::unique_ptr<Reading>> read_;
};

/// nullopt for octets that the charset does not assign, and for ISO-2022-JP lines that do not end in ASCII.
/// `charset` empty means us-ascii; us-ascii that holds valid UTF-8 is read as such. Text under a name that
/// nobody knows is read where it is plain ASCII and every decoder leaves it as it is, whatever it takes the
/// name for: no control characters, no escapes of another encoding (`\\`, `~{`, `=?`, and `+` or `&` where
/// the name could be one of UTF-7).
[[nodiscard]] std::optional<std::string> to_utf8(std::string_view octets, std::string_view charset);

}  // namespace ccgate
