#include "milter/daily/outreach_duty.h"

#include <fmt/core.h>

#include <limits>
#include <sstream>
#include <utility>

#include "milter/daily/outreach_letters.h"
#include "milter/daily/own_entry.h"
#include "milter/notice/payload.h"
#include "milter/notice/plain_text.h"
#include "milter/notice/tasks.h"
#include "milter/report/report_text.h"
#include "milter/system/timestamp.h"
#include "policy/text/durations.h"

namespace ccgate {
namespace {

constexpr std::int64_t kWrongClockDays = 2 * kDaySeconds;
constexpr std::int64_t kKeptHelpers = 60 * kDaySeconds;  // whom to follow up is told anew each week
constexpr std::size_t kLongestText = 300;

/// When the week (UTC) of `now` began: Monday, as 1970-01-05 was one.
std::int64_t week_of(std::int64_t now) {
  constexpr std::int64_t kFirstMonday = 4 * kDaySeconds, kWeek = 7 * kDaySeconds;
  const std::int64_t into = ((now - kFirstMonday) % kWeek + kWeek) % kWeek;
  return now - into;
}

/// Somebody was invited, whenever the clock says that it was.
bool was_begun(const DailySite& site, const ListConfig& list) {
  return site.store.newest_of(list.name, "invite", std::numeric_limits<std::int64_t>::max()).has_value();
}

/// What others wrote, so that nothing of it can be clicked.
void make_plain(std::vector<FollowUp>& rows) {
  for (FollowUp& row : rows) {
    row.why = plain_sentence(row.why, kLongestText);
    for (FollowUp::Tell& tell : row.tell) {
      tell.whom = plain_sentence(tell.whom, kLongestText);
      tell.what = plain_sentence(tell.what, kLongestText);
    }
  }
}

OwnEntry follow_up_entry(const DailySite& site, const ListConfig& list, const Address& to,
                         const std::string& key, const FollowUpPayload& payload) {
  OwnEntry own{own_entry(list, "follow_up", payload.region, {}, site.now, site.now + kKeptHelpers), {}, {}};
  own.entry.recipients = {to.text()};
  own.task = new_task(TaskKind::follow_up, key, own.entry.id, list.name, site.now);
  own.task.to = to.text();
  own.task.payload = write_payload(payload);
  return own;
}

void add_helpers_mails(const DailySite& site, const ListConfig& list, const std::string& week,
                       std::vector<Due>& all) {
  ReportWish wish;
  wish.follow_ups = true;
  wish.people = true;
  const ReportSite of_report = report_site(site.rules, list);
  Report report = read_report(site.store, of_report, site.now, wish);
  make_plain(report.follow_ups);
  for (const auto& [region, helpers] : list.outreach->helpers) {
    FollowUpPayload payload{std::string(to_string(region)), {}};
    std::istringstream text(follow_up_text(report, region));
    for (std::string line; std::getline(text, line);) payload.lines.push_back(line);
    if (payload.lines.empty()) continue;
    for (const Address& to : helpers) {
      const std::string key = fmt::format("follow_up:{}:{}:{}:{}", list.name, payload.region, to.key(), week);
      if (site.store.is_known(key)) continue;
      all.push_back({fmt::format("{}: {} is told whom to follow up in {} (week {})", list.name, to.text(),
                                 payload.region, week),
                     [&site, &list, to, key, payload] {
                       return site.store.begin(follow_up_entry(site, list, to, key, payload));
                     }});
    }
  }
}

}  // namespace

std::vector<Due> letters_due(const DailySite& site) {
  std::vector<Due> all;
  for (const List& list : site.rules.lists) {
    if (!list.config.outreach || !was_begun(site, list.config)) continue;
    const ListLetters read = read_letters(site, list.config);
    std::size_t left = read.left_today;
    for (const Letter& letter : read.all) {
      if (letter.kind == LetterKind::none || (letter.kind == LetterKind::invite && left == 0)) continue;
      if (letter.kind == LetterKind::invite) --left;
      all.push_back(due_letter(site, list.config, letter, read.progress));
    }
  }
  return all;
}

std::vector<Due> helpers_mails_due(const DailySite& site) {
  std::vector<Due> all;
  const std::int64_t week = week_of(site.now);
  for (const List& list : site.rules.lists) {
    const ListConfig& config = list.config;
    if (!config.outreach || config.outreach->helpers.empty()) continue;
    if (!was_begun(site, config)) continue;
    const auto last = site.store.newest_of(config.name, "follow_up", site.now + kWrongClockDays);
    if (last && week_of(last->decided) > week) continue;
    add_helpers_mails(site, config, format_timestamp(week).substr(0, 10), all);
  }
  return all;
}

}  // namespace ccgate
