// milter/tool/contacts_show.h: `ccgate contacts show`: contact data as a table, one ccTLD, one address.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "milter/contacts/contacts_file.h"
#include "milter/contacts/history.h"
#include "policy/registry.h"

namespace ccgate {

/// What is known, and at which time it is looked at.
struct ContactsView {
  ContactsFile contacts;
  RegistryOverrides overrides;
  std::vector<std::set<Address>> alias_sets;  ///< of aliases(5) files
  std::vector<HistoryEntry> history;
  std::int64_t now = 0;
};

/// All ccTLDs by A-label; as JSON one object a line. contacts_table.cc.
[[nodiscard]] std::string show_all(const ContactsView& view, bool json);
/// Everything about one of them.
[[nodiscard]] std::string show_cctld(const ContactsView& view, const CcTld& cctld, bool json);

/// Where an address turns up. contacts_address.cc.
struct AddressRecord {
  Address address;
  std::map<Domain, std::set<Role>> contact_of;
  std::map<Domain, std::set<Role>> previous_of;
  std::set<Address> alias_of;  ///< it counts as these
  std::set<Address> aliases;   ///< these count as it
  std::vector<HistoryEntry> history;
};
/// nullopt: nowhere.
[[nodiscard]] std::optional<AddressRecord> find_address(const ContactsView& view, const Address& address);
[[nodiscard]] std::string show_address(const ContactsView& view, const AddressRecord& record, bool json);

}  // namespace ccgate
