#include "milter/coverage/member_marks.h"

#include <algorithm>

#include "policy/names/address.h"
#include "policy/text/durations.h"

namespace ccgate {
namespace {

constexpr std::int64_t kTimeToAnswerManager = 7 * kDaySeconds;

/// True for one that reaches its reader while `cctld` is down.
bool is_elsewhere(const std::string& text, const Domain& cctld) {
  const auto address = Address::parse(text);
  return address && !address->domain().is_within(cctld);
}

}  // namespace

bool is_member_at(const Member& member, std::int64_t at) noexcept {
  return member.since <= at && (member.ended == 0 || member.ended > at);
}

std::int64_t checked_at(const Member& member, std::int64_t at) noexcept {
  if (member.checked <= at) return member.checked;
  return member.began_by == "import" || member.began_by == "hand" ? 0 : member.since;
}

std::int64_t roster_seen_at(const std::vector<Member>& members, std::int64_t at) {
  std::int64_t latest = 0;
  for (const Member& member : members)
    if (member.seen <= at) latest = std::max(latest, member.seen);
  return latest;
}

bool is_not_on_list(const Member& member, std::int64_t roster_seen, std::int64_t at) noexcept {
  return member.seen <= at && member.seen < roster_seen && member.since + kTimeToAnswerManager <= roster_seen;
}

std::set<CoverageMark> member_marks(const std::vector<Member>& members, const Domain& cctld,
                                    const MarkSite& site) {
  using enum CoverageMark;
  std::set<CoverageMark> marks;
  const auto mark_if = [&](bool holds, CoverageMark mark) {
    if (holds) marks.insert(mark);
  };
  bool elsewhere = false;
  for (const Member& member : members) {
    const std::int64_t checked = checked_at(member, site.at);
    elsewhere = elsewhere || is_elsewhere(member.email, cctld) || is_elsewhere(member.other_email, cctld);
    mark_if(checked == 0, unchecked);
    mark_if(member.bouncing != 0 && member.bouncing <= site.at, bouncing);
    mark_if(is_not_on_list(member, site.roster_seen, site.at), not_on_list);
    mark_if(site.asked >= member.since && site.asked > checked, overdue);
  }
  mark_if(members.size() == 1, one_person);
  mark_if(!elsewhere, own_tld_only);
  mark_if(members.size() > site.most_people, over_quota);
  return marks;
}

}  // namespace ccgate
