// tests/support/answers.h: what a text says as an answer to a question.
#pragma once

#include <string>
#include <vector>

#include "policy/request/contact_answer.h"

namespace ccgate {

/// Of a mail whose Subject says nothing by itself.
[[nodiscard]] ContactAnswer answer_of(const std::string& text);

/// Checks each of `texts`.
void check_all(const std::vector<std::string>& texts, ContactAnswer want);

}  // namespace ccgate
