// milter/mime/mime_lines.cc: line ends, boundaries and fields, told from the raw lines.
#include "milter/mime/mime_lines.h"

#include <algorithm>

#include "policy/text/ascii.h"

namespace ccgate {

bool has_lone_cr(std::string_view body) noexcept {
  for (auto at = body.find('\r'); at != std::string_view::npos; at = body.find('\r', at + 1)) {
    if (at + 1 == body.size() || body[at + 1] != '\n') return true;
  }
  return false;
}

bool is_plain_boundary(std::string_view boundary) noexcept {
  if (boundary.empty() || boundary.size() > 70 || boundary.back() == ' ') return false;
  return std::ranges::all_of(boundary, [](char c) {
    return is_letter_or_digit(c) || std::string_view("'()+_,-./:=? ").find(c) != std::string_view::npos;
  });
}

bool is_field_line(std::string_view line) noexcept {
  const auto colon = line.find(':');
  if (colon == 0 || colon == std::string_view::npos) return false;
  return std::ranges::all_of(line.substr(0, colon), is_visible_ascii);
}

}  // namespace ccgate
