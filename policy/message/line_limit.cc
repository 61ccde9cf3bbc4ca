#include "policy/message/line_limit.h"

#include <algorithm>
#include <string>

namespace ccgate {

void LineLimit::add(std::string_view octets) noexcept {
  while (!octets.empty() && !exceeded_) {
    const std::size_t end = std::min(octets.find('\n'), octets.size());
    length_ += end;
    if (end > 0) ends_in_cr_ = octets[end - 1] == '\r';
    exceeded_ = length_ - (ends_in_cr_ ? 1 : 0) > kLongestLine;
    if (end == octets.size()) return;
    length_ = 0;
    ends_in_cr_ = false;
    octets.remove_prefix(end + 1);
  }
}

bool has_long_line(std::string_view name, std::string_view value) noexcept {
  LineLimit lines;
  lines.add(name);
  lines.add(":");
  lines.add(value);
  return lines.exceeded();
}

Fault long_line_fault() {
  return {Fault::Kind::malformed,
          "a line of this message is longer than mail may have; send lines of at most " +
              std::to_string(kLongestLine) + " octets, as usual mail programs do"};
}

}  // namespace ccgate
