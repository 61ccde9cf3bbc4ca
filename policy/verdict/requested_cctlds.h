// policy/verdict/requested_cctlds.h: which ccTLDs a request is for.
#pragma once

#include <set>

#include "policy/rules/policy.h"
#include "policy/verdict/facts.h"

namespace ccgate {

/// Those whose contact, in a role that `policy` goes by, is the author or copied.
[[nodiscard]] std::set<Domain> involved_cctlds(const Policy& policy, const Directory& directory,
                                               const Message& message);

/// The ccTLDs that `facts` asks for: those named, else, for `from_admin`, all whose contact is the author or
/// copied.
[[nodiscard]] std::set<Domain> requested_cctlds(const Policy& policy, const Directory& directory,
                                                const Facts& facts);

}  // namespace ccgate
