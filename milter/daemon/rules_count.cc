#include "milter/daemon/rules_count.h"

#include <algorithm>
#include <ctime>

#include "milter/metrics/metrics.h"

namespace ccgate {

std::int64_t anomalies_in(const Directory& directory) {
  const std::vector<CcTld>& all = directory.all();
  return std::count_if(all.begin(), all.end(), [](const CcTld& cctld) { return !cctld.anomaly.empty(); });
}

std::int64_t unusable_in(const Directory& directory) {
  const std::vector<CcTld>& all = directory.all();
  return std::count_if(all.begin(), all.end(), [](const CcTld& cctld) { return cctld.unusable; });
}

void count_rules(const Ruleset& rules) {
  Metrics& all = metrics();
  for (const List& list : rules.lists) all.lists.add(list.config.name);
  if (const auto fetched = rules.directory->fetched())
    all.contacts_fetched.set(*fetched);
  else
    all.contacts_fetched.forget();
  all.contacts_max_age.set(rules.config.contacts.max_age.count());
  all.contacts_cctlds.set(static_cast<std::int64_t>(rules.directory->size()));
  all.contacts_anomalies.set(anomalies_in(*rules.directory));
  all.contacts_unusable.set(unusable_in(*rules.directory));
}

void count_reload(bool taken, std::chrono::nanoseconds took) {
  ProcessCounts& own = own_process();
  own.reload_ok.set(taken ? 1 : 0);
  if (taken) own.reloaded.set(std::time(nullptr));
  own.reload_nanoseconds.set(took.count());
}

}  // namespace ccgate
