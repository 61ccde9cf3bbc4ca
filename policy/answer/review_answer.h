// policy/answer/review_answer.h: what a contact answers who was asked whether all who are on a list for its
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
  /// Of `who`, those behind a word of no. Whoever signs a bare no with an address, `No, ben@nic.xa`, writes
  /// the same: of the sender's own address it is unclear.
  std::vector<Address> by_no = {};
  /// Of `confirms` and `removes`: addresses elsewhere in the text, as in a signature. The answer is unclear
  /// where one is of somebody whom it may be about.
  std::vector<Address> beside = {};
};

/// Removes: the own lines are removal lines (removal_line.h), `no anne@nic.xa, ben@nic.xa`, greetings and
/// thanks, and below them what ReviewTail takes. An address may be written as ccgate's mails write it,
/// `anne[@]nic[.]xa`. All else by read_contact_answer (contact_answer.h): what it finds to be an objection is
/// unclear here, and so is a yes with anything beside it that says neither yes nor nothing and that
/// ReviewTail does not take. Here the lines behind `-- ` count, too. Unclear is what has words that people do
/// not see, and what removes somebody where not all parts could be read.
[[nodiscard]] ReviewAnswer read_review_answer(const Words& words);

}  // namespace ccgate
