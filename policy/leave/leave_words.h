// policy/leave/leave_words.h: how people ask to be taken off a list, in the languages of the joining form.
#pragma once

#include <cstddef>
#include <string_view>

namespace ccgate {

struct LeaveWord {
  enum class Kind {
    wish,      ///< `take me off`: asks by itself
    leaving,   ///< `unsubscribe`, `Abmeldung`: may be asked for, and taken back
    removing,  ///< `delete`: of what?
    author,    ///< who, or whose address, leaves: what it is of
    staying,   ///< `leave me`: the opposite
  };
  Kind kind = Kind::wish;
  std::size_t size = 0;        ///< in octets; 0: there is none
  std::string_view last = {};  ///< the other piece of the verb, which has to follow in the same part of the
                               ///< sentence (`melden Sie mich ... ab`)
};

/// The longest with which `folded` begins: text as `fold_letters` leaves it, blanks for hyphens, one blank
/// between words, without punctuation.
[[nodiscard]] LeaveWord longest_leave_word(std::string_view folded);

}  // namespace ccgate
