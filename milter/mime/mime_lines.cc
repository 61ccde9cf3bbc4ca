// milter/mime/mime_lines.cc: line ends, boundaries and the header sections of parts, told from the raw lines.
#include "milter/mime/mime_lines.h"

#include <algorithm>

namespace ccgate {
namespace {

bool is_field(std::string_view line) noexcept {
  const auto colon = line.find(':');
  if (colon == 0 || colon == std::string_view::npos) return false;
  return std::ranges::all_of(line.substr(0, colon), [](char c) { return c > ' ' && c < 0x7F; });
}

bool opens_part(std::string_view line, const std::vector<std::string>& boundaries) noexcept {
  if (!line.starts_with("--")) return false;
  line.remove_prefix(2);
  bool opens = false;
  for (const std::string_view boundary : boundaries) {
    // Whatever stands behind the boundary: readers differ there, too.
    if (!line.starts_with(boundary)) continue;
    if (line.substr(boundary.size()) == "--") return false;
    opens = true;
  }
  return opens;
}

}  // namespace

bool has_lone_cr(std::string_view body) noexcept {
  for (auto at = body.find('\r'); at != std::string_view::npos; at = body.find('\r', at + 1)) {
    if (at + 1 == body.size() || body[at + 1] != '\n') return true;
  }
  return false;
}

bool is_plain_boundary(std::string_view boundary) noexcept {
  if (boundary.empty() || boundary.size() > 70 || boundary.back() == ' ') return false;
  return std::ranges::all_of(boundary, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("'()+_,-./:=? ").find(c) != std::string_view::npos;
  });
}

bool part_headers_are_plain(std::string_view body, const std::vector<std::string>& boundaries) {
  enum class At { text, first, later } at = At::text;
  while (!body.empty()) {
    const std::size_t end = std::min(body.find('\n'), body.size());
    std::string_view line = body.substr(0, end);
    body.remove_prefix(std::min(end + 1, body.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (at == At::text) {
      if (opens_part(line, boundaries)) at = At::first;
    } else if (line.empty()) {
      at = At::text;
    } else {
      const bool blank = line.find_first_not_of(" \t") == std::string_view::npos;
      const bool continues = at == At::later && !blank && (line.front() == ' ' || line.front() == '\t');
      if ((!continues && !is_field(line)) || line.find('\0') != std::string_view::npos) return false;
      at = At::later;
    }
  }
  return true;
}

}  // namespace ccgate
