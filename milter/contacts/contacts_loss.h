// milter/contacts/contacts_loss.h: when new contacts are not to be taken in the place of old ones unseen.
#pragma once

#include <string>

#include "policy/registry.h"

namespace ccgate {

/// Requests for a ccTLD that is not in the contacts are refused for good: why `after` does not replace
/// `before` without an operator's word, when more ccTLDs are missing in it than one fetch may lose
/// (too_large in merge.h). Empty when it may.
[[nodiscard]] std::string lost_cctlds(const Directory& before, const Directory& after);

}  // namespace ccgate
