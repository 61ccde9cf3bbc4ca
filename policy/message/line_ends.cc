#include "policy/message/line_ends.h"

namespace ccgate {

void LineEnds::add(std::string_view octets) noexcept {
  while (!octets.empty() && !bare_) {
    if (after_cr_) {
      bare_ = octets.front() != '\n';
      after_cr_ = false;
      octets.remove_prefix(1);
      continue;
    }
    // The first CR or LF has to be a CR, with its LF right behind it.
    const std::size_t lf = octets.find('\n');
    const std::size_t cr = octets.substr(0, lf).find('\r');
    if (cr == std::string_view::npos) {
      bare_ = lf != std::string_view::npos;
      return;
    }
    after_cr_ = true;
    octets.remove_prefix(cr + 1);
  }
}

Fault line_end_fault() {
  return {Fault::Kind::malformed,
          "a line of this message ends with CR or LF alone; send it from a usual mail program"};
}

}  // namespace ccgate
