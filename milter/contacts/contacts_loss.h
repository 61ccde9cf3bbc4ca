// milter/contacts/contacts_loss.h: when new contacts are not to be taken in the place of old ones unseen.
#pragma once

#include <cstddef>
#include <string>

#include "policy/registry/registry.h"

namespace ccgate {

/// Counts over one run, to tell a registry that moves from a feed that has gone wrong.
struct FeedChange {
  std::size_t known = 0;            ///< ccTLDs of the old file with a contact
  std::size_t address_changed = 0;  ///< of these
  std::size_t gone = 0;             ///< of these: not delegated any more
};
/// Why a change is too large to be believed unseen; empty when it is not: more than 5 % of the known ones
/// (and more than one) changed, or gone.
[[nodiscard]] std::string too_large(const FeedChange& change);

/// Requests for a ccTLD that is not in the contacts are refused for good: why `after` does not replace
/// `before` without an operator's word, when more ccTLDs are missing in it than one fetch may lose
/// (too_large). Empty when it may.
[[nodiscard]] std::string lost_cctlds(const Directory& before, const Directory& after);

}  // namespace ccgate
