#include "policy/prose/line_joins.h"

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

namespace {

std::string without_blanks_at_breaks(std::string_view text) {
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

}  // namespace

bool has_flow(std::string_view text) noexcept {
  for (auto at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
    std::size_t end = at;
    while (end > 0 && text[end - 1] == '\r') --end;
    if (end > 0 && (text[end - 1] == ' ' || text[end - 1] == '\t')) return true;
  }
  return false;
}

std::string without_flow(std::string_view text, FlowedBlanks dropped) {
  if (dropped == FlowedBlanks::all) return without_blanks_at_breaks(text);
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    if (text[at] == ' ' && end < text.size() && text[end] == '\r') ++end;
    if (text[at] != ' ' || end >= text.size() || text[end] != '\n') {
      end = std::min(text.find(' ', at + 1), text.size());
      out += text.substr(at, end - at);
      at = end;
      continue;
    }
    at = std::min(text.find_first_not_of('>', end + 1), text.size());
    if (dropped == FlowedBlanks::as_rfc_3676 && at < text.size() && text[at] == ' ') ++at;
  }
  return out;
}

}  // namespace ccgate
