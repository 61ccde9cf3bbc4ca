#include "milter/store/records.h"

namespace ccgate {

std::optional<TokenPurpose> parse_token_purpose(std::string_view word) noexcept {
  return word == "answer" ? TokenPurpose::refuse : parse_word<TokenPurpose>(word);
}

}  // namespace ccgate
