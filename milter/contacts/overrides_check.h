// milter/contacts/overrides_check.h: what is doubtful in registries.yaml, beside the contact data.
#pragma once

#include <optional>
#include <vector>

#include "milter/contacts/finding.h"
#include "policy/registry/registry.h"

namespace ccgate {

/// Of registries.yaml: ccTLDs that the contact data does not have, aliases in the wrong place, and what is
/// not needed. Only what changes no verdict with this data is called so, whatever roles a policy gives
/// authority to. `same_registry: never` is never called so: it changes verdicts, or says that a shared domain
/// was seen.
[[nodiscard]] std::vector<Finding> check_overrides(const std::vector<CcTld>& cctlds,
                                                   const RegistryOverrides& overrides);

/// What registries.yaml says of one ccTLD.
struct Override {
  Domain key;  ///< the ccTLD that the entry stands under
  const RegistryOverride* registry;
};
/// nullopt: nothing.
[[nodiscard]] std::optional<Override> override_of(const RegistryOverrides& overrides, const Domain& cctld);

}  // namespace ccgate
