#include "milter/contacts/families.h"

#include <algorithm>
#include <map>

namespace ccgate {

std::vector<Family> families(const std::vector<CcTld>& cctlds) {
  std::map<Address, std::map<Domain, const Address*>> by_admin;
  for (const CcTld& cctld : cctlds) {
    const auto admin = cctld.contacts.find(Role::admin);
    if (!cctld.unusable && admin != cctld.contacts.end())
      by_admin[admin->second.email].emplace(cctld.label, &admin->second.email);
  }
  std::vector<Family> found;
  for (const auto& [admin, members] : by_admin) {
    if (members.size() < 2) continue;
    Family family{*members.begin()->second, {}};
    for (const auto& [label, address] : members) family.cctlds.insert(label);
    found.push_back(std::move(family));
  }
  std::sort(found.begin(), found.end(),
            [](const Family& a, const Family& b) { return *a.cctlds.begin() < *b.cctlds.begin(); });
  return found;
}

}  // namespace ccgate
