// policy/answer/answer_words.h: the words of yes, no and objection, one table for each language.
#pragma once

#include <string_view>

namespace ccgate {

/// Phrases stand between bars. A word of a phrase may be several, `a/b`; one with `?` behind it may be
/// missing; `THEM` stands for one or more of `them`, or for dotted ccTLDs. Compared as answer_tokens.h folds
/// words. Nothing stands here that is part of what answering machines and ticket systems say by themselves
/// (`received`, `noted`), and no word of negation outside of a whole phrase.
struct AnswerWords {
  std::string_view name;           ///< of the language, RFC 5646
  std::string_view yes;            ///< says yes wherever it stands
  std::string_view yes_alone;      ///< says yes when it is all between two commas: it begins other sentences
  std::string_view support;        ///< says nothing beside a yes, and is no part of a no: `we know her`
  std::string_view no;             ///< says no, and more may be said behind it
  std::string_view no_alone;       ///< as yes_alone
  std::string_view refusal;        ///< a whole sentence of refusal; a negation beside it would turn it
  std::string_view objection;      ///< says no of what was accepted, and nothing of what is asked
  std::string_view filler;         ///< says nothing
  std::string_view them;           ///< who or what it is about
  std::string_view neutral = {};   ///< single words that may stand beside one negation, behind a no
  std::string_view negation = {};  ///< single words
  std::string_view but = {};       ///< single words that take back what was said
};

/// Understood beside the words of each language.
[[nodiscard]] const AnswerWords& answer_words_everywhere() noexcept;

}  // namespace ccgate
