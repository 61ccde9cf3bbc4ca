#include "milter/ledger/stored_text.h"

#include "policy/text/utf8.h"

namespace ccgate {

std::string stored_text(std::string_view text, std::size_t most) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t point = next_code_point(text, at);
    if (point == 0) continue;
    const std::size_t before = out.size();
    append_utf8(out, point);
    if (out.size() <= most) continue;
    out.resize(before);
    break;
  }
  return out;
}

}  // namespace ccgate
