// policy/leave/leave_phrases.h: what a piece of text says that asks to leave and nothing else.
#pragma once

#include <string>
#include <string_view>

namespace ccgate {

/// What a part of a sentence is that consists of words of the tables alone (leave_words.h, leave_fillers.h).
struct LeavePhrases {
  bool closed = false;    ///< nothing else is in it, and its words do not turn each other round
  bool leaves = false;    ///< it asks to leave
  bool closing = false;   ///< it thanks or takes leave of the reader: a name may follow
  bool leaving = false;   ///< it names what could be taken back (`my unsubscription`)
  bool removing = false;  ///< it asks to remove, and does not say what
  bool wanting = false;   ///< it asks for something, be it in this part or another, or names the author
};

/// `folded`: as `fold_letters` leaves it, the words with one blank between them, without punctuation. An
/// empty part is closed. Two words about leaving in one part are closed only when both ask by themselves:
/// `remove my unsubscription` is no wish to leave. `names_author`: an address of the author stands in it,
/// too. Linear time.
[[nodiscard]] LeavePhrases leave_phrases(std::string_view folded, bool names_author = false);

/// Whether it begins with words about leaving, behind fillers: it need not be closed.
[[nodiscard]] bool begins_to_leave(std::string_view folded, bool names_author = false);

/// `folded` without the words about leaving, in which words about joining may hide (`désabonner`).
[[nodiscard]] std::string without_leave_words(std::string_view folded);

}  // namespace ccgate
