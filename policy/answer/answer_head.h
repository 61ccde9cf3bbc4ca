// policy/answer/answer_head.h: what stands above an answer, and is no part of it: greetings, and what
// servers and ticket systems put there.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "policy/answer/own_lines.h"

namespace ccgate {

/// Where the answer begins among its own lines. Left out above it: markings (`TLP:CLEAR`, `Classification:
/// Public`, by closed tables), warnings about mail from outside, and greetings with whom they greet. The rest
/// of a line stays, and so does a line that holds a word of an answer. Looks at 30 lines at most, and at each
/// a bounded number of times.
[[nodiscard]] std::size_t skip_head(std::vector<OwnLine>& lines);

/// `Please reply above this line`.
[[nodiscard]] bool is_ticket_mark(std::string_view line);

/// True when the words from `from` on are at most `most`, and none is a word of an answer.
[[nodiscard]] bool are_names(const std::vector<std::string>& tokens, std::size_t from, std::size_t most);
/// True for a line that begins with a capital letter.
[[nodiscard]] bool begins_large(std::string_view line);

}  // namespace ccgate
