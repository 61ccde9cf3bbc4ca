#include "milter/daily/repository_duty.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "milter/daily/own_entry.h"
#include "milter/notice/payload.h"
#include "milter/notice/tasks.h"
#include "policy/text/durations.h"

namespace ccgate {
namespace {

// What was written down later than so long from now was by a clock that was wrong.
constexpr std::int64_t kWrongClockTime = 2 * kDaySeconds;

/// A week or month, with the one before it.
struct Period {
  std::string name;  ///< by its first day: `2030-01`, `week 2030-01-14`
  std::int64_t begins = 0;
  std::int64_t before = 0;  ///< when the one before began
};

std::int64_t seconds_of(std::chrono::sys_days day) {
  return std::chrono::duration_cast<std::chrono::seconds>(day.time_since_epoch()).count();
}

Period period_of(MailEvery every, std::int64_t now) {
  using namespace std::chrono;  // NOLINT(google-build-using-namespace)
  const auto today = floor<days>(sys_seconds(seconds(now)));
  if (every == MailEvery::weekly) {
    const sys_days monday = today - (weekday(today) - Monday);
    const year_month_day date(monday);
    return {fmt::format("week {:04}-{:02}-{:02}", static_cast<int>(date.year()),
                        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day())),
            seconds_of(monday), seconds_of(monday - weeks(1))};
  }
  const year_month_day date(today);
  const year_month month = date.year() / date.month();
  return {fmt::format("{:04}-{:02}", static_cast<int>(month.year()), static_cast<unsigned>(month.month())),
          seconds_of(month / 1), seconds_of((month - months(1)) / 1)};
}

OwnEntry repository_entry(const DailySite& site, const ListConfig& list, const std::string& key,
                          std::int64_t since) {
  // Longer than any period: as long as it is known, it is not sent again.
  constexpr std::chrono::seconds kLongerThanMonths = std::chrono::days(62);
  const std::int64_t keep_until = site.now + std::max(list.retention, kLongerThanMonths).count();
  OwnEntry own{own_entry(list, "repository", "repository", {}, site.now, keep_until), {}, {}};
  own.task = new_task(TaskKind::repository, key, own.entry.id, list.name, site.now);
  own.task.to = list.addresses.address.text();
  own.task.payload = write_payload(RepositoryPayload{since});
  return own;
}

}  // namespace

std::vector<Due> repository_mails_due(const DailySite& site) {
  std::vector<Due> all;
  for (const List& list : site.rules.lists) {
    const MailEvery every = list.config.repository.every;
    if (every == MailEvery::never) continue;
    const Period period = period_of(every, site.now);
    const auto last = site.store.newest_of(list.config.name, "repository", site.now + kWrongClockTime);
    if (last && last->decided >= period.begins) continue;
    const std::string key = "repository:" + list.config.name + ":" + period.name;
    if (site.store.is_known(key)) continue;
    MemberFilter filter;
    filter.list = list.config.name;
    if (!last && site.store.members(filter).empty()) continue;
    const std::int64_t since = last ? last->decided : period.before;
    all.push_back({fmt::format("{}: who is on the list, told to {} ({})", list.config.name,
                               list.config.addresses.address.text(), period.name),
                   [&site, &list, key, since] {
                     return site.store.begin(repository_entry(site, list.config, key, since));
                   }});
  }
  return all;
}

}  // namespace ccgate
