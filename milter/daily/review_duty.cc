#include "milter/daily/review_duty.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "milter/daily/own_entry.h"
#include "milter/decision/decision_id.h"
#include "milter/members/reviews.h"
#include "milter/notice/payload.h"
#include "milter/notice/shown_value.h"
#include "milter/notice/tasks.h"
#include "policy/text/durations.h"

namespace ccgate {
namespace {

constexpr std::int64_t kKeptLonger = 30 * kDaySeconds;  // than the next review takes to come

/// What the store knows of the members of one list, and who may be asked about them.
struct KnownMembers {
  std::vector<Member> members;
  std::vector<Question> reviews;
};

KnownMembers known_members(const DailySite& site, const std::string& list) {
  MemberFilter filter;
  filter.list = list;
  return {site.store.members(filter), site.store.reviews(list)};
}

ReviewSituation situation_of(const DailySite& site, const ListConfig& list, const KnownMembers& known) {
  const Config::Contacts& contacts = site.rules.config.contacts;
  return {*site.rules.directory,    *list.review,  site.now,     contacts.cool_down.count(),
          contacts.max_age.count(), known.members, known.reviews};
}

std::int64_t newest_of(const std::vector<Member>& members) {
  std::int64_t newest = 0;
  for (const Member& member : members) newest = std::max(newest, member.number);
  return newest;
}

OwnEntry review_entry(const DailySite& site, const ListConfig& list, const DueReview& due,
                      std::int64_t newest) {
  const std::int64_t keep = std::max(list.retention.count(),
                                     list.review->every.count() + list.review->expires.count() + kKeptLonger);
  OwnEntry own{own_entry(list, "review", "review_" + std::string(to_string(due.cause)), due.cctlds, site.now,
                         site.now + keep),
               {},
               {}};
  own.entry.explanation = write_payload(ReviewPayload{newest});
  Question question;
  question.id = new_decision_id();
  question.request_key = review_key(list.name, due.contact.key());
  question.decision_id = own.entry.id;
  question.list = list.name;
  question.contact = due.contact.text();
  question.cctlds = own.entry.cctlds;
  question.asked = site.now;
  question.expires = site.now + list.review->expires.count();
  own.task = review_task(question, due.before);
  own.question = std::move(question);
  return own;
}

}  // namespace

std::vector<Due> reviews_due(const DailySite& site) {
  std::vector<Due> all;
  for (const List& list : site.rules.lists) {
    if (!list.config.review) continue;
    const KnownMembers known = known_members(site, list.config.name);
    for (const DueReview& due : due_reviews(situation_of(site, list.config, known)))
      all.push_back({fmt::format("{}: review of {}, {} is asked ({})", list.config.name,
                                 shown_cctlds(due.cctlds, false), due.contact.text(), to_string(due.cause)),
                     [&site, &list, due, newest = newest_of(known.members)] {
                       return site.store.begin(review_entry(site, list.config, due, newest));
                     }});
  }
  return all;
}

std::vector<Due> reminders_due(const DailySite& site) {
  std::vector<Due> all;
  for (const List& list : site.rules.lists) {
    if (!list.config.review) continue;
    const KnownMembers known = known_members(site, list.config.name);
    for (const Question& review : due_reminders(situation_of(site, list.config, known))) {
      const Task task = reminder_task(review, site.now);
      if (site.store.is_known(task.key)) continue;
      all.push_back({fmt::format("{}: review of {}, {} is reminded", list.config.name,
                                 shown_cctlds(review.cctlds, false), review.contact),
                     [&site, task] {
                       site.store.add({}, {task});
                       return true;
                     }});
    }
  }
  return all;
}

}  // namespace ccgate
