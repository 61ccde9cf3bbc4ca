// policy/answer/answer_sentence.h: what one sentence of an answer says, by the tables of answer_words.h.
#pragma once

#include <string>
#include <vector>

namespace ccgate {

enum class Said {
  nothing,  ///< fillers only: a greeting, thanks
  yes,
  no,
  objection,  ///< says no to what was accepted: `remove her`
  support,    ///< speaks for somebody, but says no yes: `she is one of us`
  other,      ///< whatever else, and what says two of these
};

/// `tokens`: of answer_tokens. Every word must be one of the table of one language: of yes and fillers, or of
/// no and fillers. Behind a word of no (`No, ...`) a part of the sentence may also consist of the table's
/// neutral words, if one of them is a negation. What two languages read in two ways is `other`, and so is
/// what has more than 60 words.
[[nodiscard]] Said said_in(const std::vector<std::string>& tokens);

/// True when something in it refuses, whatever stands around it.
[[nodiscard]] bool refuses_somewhere(const std::vector<std::string>& tokens);
/// True when it holds a negation.
[[nodiscard]] bool negates(const std::vector<std::string>& tokens);
/// True when it holds any word of no, negation, refusal or objection, whatever stands around it.
[[nodiscard]] bool says_no_somewhere(const std::vector<std::string>& tokens);
/// True when it begins with a word like `but`.
[[nodiscard]] bool begins_with_but(const std::vector<std::string>& tokens);
/// True for a word that some table needs for a yes, a no, a negation or a `but`: no name.
[[nodiscard]] bool is_answer_word(const std::string& token);

}  // namespace ccgate
