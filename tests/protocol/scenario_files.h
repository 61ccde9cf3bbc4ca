// tests/protocol/scenario_files.h: the contact data of a scenario as the files that a daemon reads.
#pragma once

#include <string>

#include "milter/scenario/scenario.h"

namespace ccgate {

/// contacts.json; an entry that is bad in the scenario is one that was never read.
[[nodiscard]] std::string contacts_json(const Scenario& scenario);
[[nodiscard]] std::string registries_yaml(const RegistryOverrides& overrides);

}  // namespace ccgate
