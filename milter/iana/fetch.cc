#include "milter/iana/fetch.h"

#include <algorithm>
#include <map>

#include "milter/contacts/contacts_loss.h"

namespace ccgate {
namespace {

constexpr std::size_t kMostUnanswered = 10;
constexpr std::size_t kMostUnreached = 3;  // where there is no network, the tries of each take seconds

/// Entries by label; those without a date of their own get the file's, which the next file will not have.
std::map<Domain, CcTld> by_label(const ContactsFile& file) {
  std::map<Domain, CcTld> entries;
  for (const CcTld& cctld : file.cctlds) {
    CcTld entry = cctld;
    if (!entry.fetched) entry.fetched = file.fetched;
    entries.insert_or_assign(cctld.label, std::move(entry));
  }
  return entries;
}

bool is_known(const CcTld& cctld) {
  return !cctld.unusable && !cctld.contacts.empty();
}

}  // namespace

Fetched fetch(const FetchPlan& plan, const ContactsFile& old, const Ask& ask) {
  std::map<Domain, CcTld> entries = by_label(old);
  Fetched run;
  FeedChange change;
  for (const auto& [label, entry] : entries) change.known += is_known(entry) ? 1 : 0;

  std::size_t unanswered = 0, done = 0;
  bool asked = false;
  std::string last_why;
  for (const Domain& cctld : plan.wanted) {
    const bool goes_on = unanswered < (asked ? kMostUnanswered : kMostUnreached);
    IanaAnswer answer = goes_on ? ask(cctld) : Unanswered{"not asked: " + last_why};
    if (!goes_on) {
      ++run.not_asked;
      run.not_asked_why = last_why;
    }
    const auto* none = std::get_if<Unanswered>(&answer);
    asked = asked || none == nullptr || none->asked;
    if (none == nullptr) {
      unanswered = 0;
    } else if (goes_on) {
      ++unanswered;
      last_why = none->why;
    }
    const auto found = entries.find(cctld);
    const bool known = found != entries.end() && is_known(found->second);
    Merged merged = merge(cctld, found == entries.end() ? nullptr : &found->second, answer, plan.merge);
    ++(merged.result == FetchResult::ok        ? run.ok
       : merged.result == FetchResult::changed ? run.changed
       : merged.result == FetchResult::anomaly ? run.anomalies
                                               : run.failed);
    run.first_readings += merged.first_reading ? 1 : 0;
    if (known) {
      change.address_changed += merged.address_changed ? 1 : 0;
      change.gone += merged.gone ? 1 : 0;
    }
    if (plan.told) plan.told(merged, ++done, goes_on);
    run.history.insert(run.history.end(), merged.history.begin(), merged.history.end());
    entries.insert_or_assign(cctld, std::move(merged.cctld));
  }
  run.nothing_asked = !asked;

  const auto is_wanted = [&](const Domain& cctld) {
    return std::binary_search(plan.wanted.begin(), plan.wanted.end(), cctld);
  };
  if (plan.all)
    for (auto entry = entries.begin(); entry != entries.end();) {
      if (is_wanted(entry->first)) {
        ++entry;
        continue;
      }
      change.gone += is_known(entry->second) ? 1 : 0;
      for (const auto& [role, contact] : entry->second.contacts)
        run.history.push_back({entry->first.ascii(), role, contact.email.text(),
                               contact.first_seen.value_or(entry->second.fetched.value_or(plan.merge.now)),
                               entry->second.fetched.value_or(plan.merge.now)});
      entry = entries.erase(entry);
    }
  run.too_large = too_large(change);

  const bool every_one =
      std::all_of(entries.begin(), entries.end(), [&](const auto& entry) { return is_wanted(entry.first); });
  run.file.source = plan.source;
  run.file.fetched = every_one ? plan.merge.now : old.fetched;
  for (auto& [label, entry] : entries) run.file.cctlds.push_back(std::move(entry));
  return run;
}

}  // namespace ccgate
