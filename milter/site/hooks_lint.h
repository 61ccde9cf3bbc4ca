// milter/site/hooks_lint.h: hooks that come with ccgate, given to a list that they are not for.
#pragma once

#include "milter/site/ruleset.h"

namespace ccgate {

/// Warnings, by the arguments of ccgate-hook-roster and ccgate-hook-mailman3: one that names another list, or
/// none where it has to, refuses what happens; and two lists whose members would come into one roster, or
/// into one list of Mailman.
void lint_hooks(const Ruleset& rules, Issues& issues);

}  // namespace ccgate
