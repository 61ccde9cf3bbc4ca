// milter/site/site_lint.h: what is legal in a site's files together but probably not meant.
#pragma once

#include <cstdint>

#include "milter/site/ruleset.h"

namespace ccgate {

/// Warnings: contact data older than max_age; contacts without dates where a policy asks how new they are; a
/// policy that asks for longer than the cool-down; local aliases that reach a command address but are gated
/// by no list; lists where nothing is gated; owners and contacts who could not be told.
void lint_site(const Ruleset& rules, std::int64_t now, Issues& issues);

}  // namespace ccgate
