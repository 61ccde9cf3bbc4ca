// milter/coverage/registry_groups.h: which ccTLDs are of one registry.
#pragma once

#include <cstddef>
#include <set>
#include <vector>

#include "policy/registry/registry.h"

namespace ccgate {

/// For each of `labels` the number of its registry, counted from 0 in their order. Those are of one registry
/// that have the same admin address, or that one of `covers` names together, directly or around corners; a
/// ccTLD without a usable contact is one of its own.
[[nodiscard]] std::vector<std::size_t> registry_groups(const std::vector<Domain>& labels,
                                                       const Directory& directory,
                                                       const std::vector<std::set<Domain>>& covers);

/// Of an override's key and what it covers; those that stand alone are left out.
[[nodiscard]] std::vector<std::set<Domain>> covered_together(const RegistryOverrides& overrides);

/// The admin contact of `cctld`; nullptr where none can be used.
[[nodiscard]] const Contact* admin_contact(const Directory& directory, const Domain& cctld);

}  // namespace ccgate
