#include "policy/message/flowed_text.h"

#include <algorithm>

namespace ccgate {

std::string flowed_text(std::string_view text, bool del_sp) {
  std::string out;
  out.reserve(text.size());
  bool flows = false;     // the line before goes on
  std::size_t depth = 0;  // of it
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    const bool ended = end < text.size();
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);

    const std::size_t quoted = std::min(line.find_first_not_of('>'), line.size());
    line.remove_prefix(quoted);
    if (line.starts_with(' ')) line.remove_prefix(1);
    const bool separator = line == "-- " || line == "--";
    if (flows && (separator || quoted != depth)) {
      out += '\n';
      flows = false;
    }
    if (!flows && quoted > 0) out.append(quoted, '>').append(" ");
    flows = !separator && line.ends_with(' ');
    if (flows && del_sp) line.remove_suffix(1);
    depth = quoted;
    out += line;
    if (ended && !flows) out += '\n';
  }
  return out;
}

}  // namespace ccgate
