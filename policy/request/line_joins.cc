#include "policy/request/line_joins.h"

#include <algorithm>

namespace ccgate {

std::string without_soft_breaks(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::size_t end = at;
    if (text[at] == '=') {
      end = std::min(text.find_first_not_of(" \t\r", at + 1), text.size());
      if (end < text.size() && text[end] == '\n') {
        at = end;
        continue;
      }
    }
    out += text[at];
  }
  return out;
}

std::string without_flow(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const bool blank = text[at] == ' ' || text[at] == '\t';
    std::size_t end = blank ? std::min(text.find_first_not_of(" \t\r", at), text.size()) : at;
    if (blank && end < text.size() && text[end] == '\n') {
      at = std::min(text.find_first_not_of("> \t", end + 1), text.size());
      continue;
    }
    if (end == at) ++end;
    out += text.substr(at, end - at);
    at = end;
  }
  return out;
}

}  // namespace ccgate
