// milter/tool/contacts_view.h: the contact data with all that belongs to it, to be shown.
#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "milter/contacts/contacts_file.h"
#include "milter/contacts/history.h"
#include "policy/registry/registry.h"

namespace ccgate {

/// What is known, and at which time it is looked at.
struct ContactsView {
  ContactsFile contacts;
  RegistryOverrides overrides;
  std::vector<std::set<Address>> alias_sets;  ///< of aliases(5) files
  std::vector<HistoryEntry> history;
  std::int64_t now = 0;
};

}  // namespace ccgate
