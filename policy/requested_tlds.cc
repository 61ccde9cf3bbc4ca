#include "policy/requested_tlds.h"

namespace ccgate {

std::set<Domain> requested_tlds(const Policy& policy, const Directory& directory, const Facts& facts) {
  if (!facts.request.tlds.empty()) return facts.request.tlds;
  if (policy.missing_tlds != MissingTlds::from_admin) return {};
  std::set<Domain> tlds = directory.tlds_of(policy.authority, facts.message.author);
  for (const auto* addresses : {&facts.message.to, &facts.message.cc})
    for (const Address& address : *addresses) tlds.merge(directory.tlds_of(policy.authority, address));
  return tlds;
}

}  // namespace ccgate
