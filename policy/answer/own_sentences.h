// policy/answer/own_sentences.h: what somebody wrote, as sentences.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ccgate {

struct OwnSentence {
  std::vector<std::string> tokens;  ///< of answer_tokens; never empty
  bool question = false;
  std::size_t paragraph = 0;
  std::size_t names = 0;  ///< of name_words; 0 where a full stop ends it
  std::string text = {};  ///< what it was made from
};

struct OwnText {
  std::vector<OwnSentence> sentences;
  bool whole = true;  ///< false: there is more, which was not looked at
};

/// The first 60 sentences in the first 300 own lines of `text`; none: it says nothing by itself. What
/// stands above an answer (answer_head.h) is left out. A line that does not end its sentence goes on in the
/// next, unless that is a name, or a closing formula; one word is a name where it is among `author_names`
/// (`Words::author_names`).
[[nodiscard]] OwnText own_sentences(std::string_view text, std::string_view author_names = {});

}  // namespace ccgate
