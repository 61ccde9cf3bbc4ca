// milter/doctor/look_rules.h: whether the files can be in force, and whether the daemon's account can work
// with them: what `ccgate check` finds too.
#pragma once

#include <string>
#include <vector>

#include "milter/doctor/look.h"
#include "milter/site/ruleset.h"

namespace ccgate {

/// `rules` as loaded with `issues`; null: there were errors.
[[nodiscard]] LookResult look_at_rules(const std::string& config_file, const Ruleset* rules,
                                       const Issues& issues);

/// Accounts, folders and rights on this machine, for the daemon's account `user`; and its hooks, which are
/// another look.
[[nodiscard]] std::vector<LookResult> look_at_host(const Ruleset& rules, const std::string& user);

}  // namespace ccgate
