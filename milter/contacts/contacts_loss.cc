#include "milter/contacts/contacts_loss.h"

#include <fmt/core.h>

#include <algorithm>

namespace ccgate {
namespace {

/// More than a twentieth, and more than one: one contact may always change.
bool is_large(std::size_t some, std::size_t all) {
  return some > 1 && some * 20 > all;
}

}  // namespace

std::string too_large(const FeedChange& change) {
  if (is_large(change.address_changed, change.known))
    return fmt::format("the contacts of {} of {} ccTLDs changed in one run", change.address_changed,
                       change.known);
  if (is_large(change.gone, change.known))
    return fmt::format("{} of {} ccTLDs are gone in one run", change.gone, change.known);
  return "";
}

std::string lost_cctlds(const Directory& before, const Directory& after) {
  FeedChange change;
  change.known = before.size();
  const auto gone = std::count_if(before.all().begin(), before.all().end(),
                                  [&](const CcTld& cctld) { return after.find(cctld.label) == nullptr; });
  change.gone = static_cast<std::size_t>(gone);
  return too_large(change);
}

}  // namespace ccgate
