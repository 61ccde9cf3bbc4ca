// policy/request/review_answer.h: what a contact answers who was asked whether all who are on a list for its
// ccTLDs still belong there.
#pragma once

#include <string_view>
#include <vector>

#include "policy/message/words.h"
#include "policy/names/address.h"

namespace ccgate {

struct ReviewAnswer {
  enum class Kind {
    confirms,
    removes,  ///< those of `who`, and nobody else
    refuses,  ///< a no, without whom
    form,     ///< unclear, and looks like a joining form
    unclear,
  };
  Kind kind = Kind::unclear;
  std::vector<Address> who = {};
};

/// Removes: each own line names somebody, as `no anne@nic.xa, ben@nic.xa` does, by a word of no (or an
/// objection, `remove anne@nic.xa`) and addresses alone, greetings, thanks and a signature aside. An address
/// may be written as ccgate's mails write it, `anne[@]nic[.]xa`. All else by read_contact_answer
/// (contact_answer.h): what it finds to be an objection is unclear here.
[[nodiscard]] ReviewAnswer read_review_answer(const Words& words);

}  // namespace ccgate
