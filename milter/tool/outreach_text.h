// milter/tool/outreach_text.h: whom to write to, and why not to others, for a terminal and as JSON.
#pragma once

#include <string>

#include "milter/daily/outreach_letters.h"

namespace ccgate {

/// `declined 2030-01-15 [id]`.
[[nodiscard]] std::string reason_text(const Letter& letter);

[[nodiscard]] std::string letters_text(const ListLetters& letters, const ListConfig& list);
/// One object a line.
[[nodiscard]] std::string letters_json(const ListLetters& letters, const ListConfig& list);

}  // namespace ccgate
