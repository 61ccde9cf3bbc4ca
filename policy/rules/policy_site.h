// policy/rules/policy_site.h: what a policy leans on that is not in it.
#pragma once

#include <string_view>

#include "policy/rules/policy.h"

namespace ccgate {

/// What a site has for one list.
struct PolicySite {
  bool store = false;   ///< decisions are remembered, and contacts get mail of ccgate's own
  bool roster = false;  ///< the list's members are known
};

/// Errors: conditions that nothing at `site` can answer, so that every request would be deferred for ever.
/// `text` is the policy's text, for the lines shown.
void check_policy_site(const Policy& policy, const PolicySite& site, std::string_view text, Issues& issues);

}  // namespace ccgate
