// policy/answer/answer_tokens.h: a sentence as words that can be compared with a table.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ccgate {

/// What stands among the words where a comma, a dash or their like does.
inline constexpr std::string_view kPause = ",";

/// The words of `text` in the spelling of fold_letters, further without the vowel marks of Arabic and Hebrew,
/// and with one form of letters that are typed in two; each ideograph and kana is a word. Marks of quotation
/// and emphasis, apostrophes and smileys of assent are blanks; `don't` is `do not`. Any other mark is a word
/// that stands in no table.
[[nodiscard]] std::vector<std::string> answer_tokens(std::string_view text);

/// `?` and its like in other scripts; of Greek the one that Unicode has for it.
[[nodiscard]] bool is_question_mark(char32_t code);

}  // namespace ccgate
