// policy/answer/answer_sign_off.h: what stands below an answer, and is no part of it: who wrote it, and what
// programs put there.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ccgate {

/// How many words of a name `text` has, if it is one, or the lines of a signature: each word begins with a
/// capital letter, or is a number, an address or one that joins names (`of`, `und`); 0: it is none, or holds
/// a word of an answer or of doubt (`Maybe`).
[[nodiscard]] std::size_t name_words(std::string_view text);

/// True for a sentence that begins with a closing formula (`Kind regards, Ben`).
[[nodiscard]] bool closes(const std::vector<std::string>& tokens);
/// True when it tells of doubt, of a condition or of a mistake.
[[nodiscard]] bool doubts(const std::vector<std::string>& tokens);
/// True for the first sentence of what companies put below mails: that they are confidential; and of what
/// programs for mail say of themselves.
[[nodiscard]] bool is_disclaimer(const std::vector<std::string>& tokens);
/// True when more may follow that it is about: behind a verb (`we confirm`), or an article.
[[nodiscard]] bool is_open(const std::vector<std::string>& tokens);

}  // namespace ccgate
