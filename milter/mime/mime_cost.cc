// milter/mime/mime_cost.cc: counting lines.
#include "milter/mime/mime_cost.h"

#include <algorithm>

#include "policy/text/text.h"

namespace ccgate {

bool is_cheap_mime(std::string_view body, std::size_t max_parts) noexcept {
  // Far above what people send, far below what hurts.
  constexpr std::size_t kBoundaryLines = 10'000;
  constexpr std::size_t kFieldLines = 20'000;
  constexpr std::string_view kContentType = "content-type";

  std::size_t types = 0;
  std::size_t boundaries = 0;
  std::size_t fields = 0;
  // Fields may stand in the block behind a boundary; in the block after it when the part is a message,
  // and so on as long as each block says that it holds a message.
  int blocks_left = 2;
  bool block_names_message = false;
  while (!body.empty()) {
    const std::size_t end = std::min(body.find('\n'), body.size());
    const std::string_view line = trim(body.substr(0, end));
    body.remove_prefix(std::min(end + 1, body.size()));
    if (line.starts_with("--")) {
      if (++boundaries > kBoundaryLines) return false;
      blocks_left = 2;
      block_names_message = false;
    } else if (line.empty()) {
      blocks_left = block_names_message ? 2 : std::max(blocks_left - 1, 0);
      block_names_message = false;
    } else {
      if (ascii_iequal(line.substr(0, kContentType.size()), kContentType) && ++types > max_parts)
        return false;
      if (blocks_left == 0) continue;
      if (line.find(':') != std::string_view::npos && ++fields > kFieldLines) return false;
      for (auto at = line.find_first_of("mM"); at != std::string_view::npos && !block_names_message;
           at = line.find_first_of("mM", at + 1)) {
        block_names_message = ascii_iequal(line.substr(at, 7), "message");
      }
    }
  }
  return true;
}

}  // namespace ccgate
