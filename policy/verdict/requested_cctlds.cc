#include "policy/verdict/requested_cctlds.h"

namespace ccgate {

std::set<Domain> involved_cctlds(const Policy& policy, const Directory& directory, const Message& message) {
  std::set<Domain> cctlds = directory.cctlds_of(policy.authority, message.author);
  for (const auto* addresses : {&message.to, &message.cc})
    for (const Address& address : *addresses) cctlds.merge(directory.cctlds_of(policy.authority, address));
  return cctlds;
}

std::set<Domain> requested_cctlds(const Policy& policy, const Directory& directory, const Facts& facts) {
  if (!facts.request.cctlds.empty()) return facts.request.cctlds;
  if (policy.missing_cctlds != MissingCcTlds::from_admin) return {};
  std::set<Domain> cctlds = involved_cctlds(policy, directory, facts.message);
  cctlds.insert(facts.request.cctlds_besides.begin(), facts.request.cctlds_besides.end());
  return cctlds;
}

}  // namespace ccgate
