// milter/tool/contacts_address.h: `ccgate contacts show`: all that is known of one address.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "milter/tool/contacts_view.h"

namespace ccgate {

/// Where an address turns up.
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
