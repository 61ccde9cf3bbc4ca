#include "milter/contacts/contacts_loss.h"

#include <algorithm>

#include "milter/contacts/merge.h"

namespace ccgate {

std::string lost_cctlds(const Directory& before, const Directory& after) {
  FeedChange change;
  change.known = before.size();
  const auto gone = std::count_if(before.all().begin(), before.all().end(),
                                  [&](const CcTld& cctld) { return after.find(cctld.label) == nullptr; });
  change.gone = static_cast<std::size_t>(gone);
  return too_large(change);
}

}  // namespace ccgate
