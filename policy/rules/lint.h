// policy/rules/lint.h: what is legal in a policy but probably not meant.
#pragma once

#include "policy/rules/policy_site.h"
#include "policy/text/issue.h"

namespace ccgate {

/// Warnings: unreachable rules (a rule before them matches whenever they would); an accept (of subscribe)
/// without an authentication fact; without an authority fact; of which no contact learns; an `ask` that would
/// ask nobody; quota rules after an accept of the same kind; a definition never used; a later condition that
/// can never hold. Notes: `ask` is `hold` where nobody can be asked. `text` is the policy's text, for the
/// lines shown.
void lint_policy(const Policy& policy, std::string_view text, Issues& issues, const PolicySite& site = {});

}  // namespace ccgate
