#include "policy/text/control_escapes.h"

#include <fmt/format.h>

#include <cstdint>
#include <iterator>

#include "policy/text/characters.h"
#include "policy/text/utf8.h"

namespace ccgate {

std::string with_escaped_controls(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const auto code = read_code_point(text, at);
    const bool acted_upon = code && *code != '\t' && *code != '\n' &&
                            (is_control(*code) || is_line_end(*code) || is_direction_mark(*code));
    if (!acted_upon) {
      out += text.substr(begin, at - begin);
    } else if (*code <= 0xFFFF) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<std::uint32_t>(*code));
    } else {  // as JSON writes it, by two surrogates
      const auto above = static_cast<std::uint32_t>(*code) - 0x10000;
      fmt::format_to(std::back_inserter(out), "\\u{:04x}\\u{:04x}", 0xD800 + (above >> 10U),
                     0xDC00 + (above & 0x3FFU));
    }
  }
  return out;
}

}  // namespace ccgate
