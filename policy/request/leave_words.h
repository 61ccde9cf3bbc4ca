// policy/request/leave_words.h: what a mail may say that asks to leave and nothing else.
#pragma once

#include <string_view>

namespace ccgate {

/// What a line is that consists of phrases of the table alone, in the languages of the joining form.
struct LeavePhrases {
  bool closed = false;   ///< nothing else is in it
  bool leaves = false;   ///< one of the phrases asks to leave
  bool closing = false;  ///< one of them thanks or takes leave of the reader: a name may follow
};

/// `folded`: as `fold_letters` leaves it, the words with one blank between them, without punctuation. An
/// empty line is closed.
[[nodiscard]] LeavePhrases leave_phrases(std::string_view folded);

}  // namespace ccgate
