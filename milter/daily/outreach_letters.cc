#include "milter/daily/outreach_letters.h"

#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "milter/coverage/declined.h"
#include "milter/daily/own_entry.h"
#include "milter/notice/payload.h"
#include "milter/notice/shown_value.h"
#include "milter/notice/tasks.h"
#include "policy/text/durations.h"

namespace ccgate {
namespace {

/// So long it is known who was written to, that nobody is written to twice: longer than most lists live.
constexpr std::int64_t kKeptFor = 3660 * kDaySeconds;

/// A mail there would go to a list or back to the gate: whoever has such a contact recorded means no good.
bool is_address_of_lists(const Ruleset& rules, const Address& address) {
  if (!rules.gated(address).empty() || rules.own(address)) return true;
  return std::any_of(rules.lists.begin(), rules.lists.end(),
                     [&](const List& list) { return list.config.addresses.address == address; });
}

/// Unique for ever: by the contact and what it was sent before.
std::string letter_key(const ListConfig& list, const Letter& letter) {
  if (letter.kind == LetterKind::remind)
    return fmt::format("invite:{}:{}:remind {}", list.name, letter.invitation, letter.number);
  const auto contact = Address::parse(letter.contact);
  return fmt::format("invite:{}:{}:{}", list.name, contact ? contact->key() : letter.contact,
                     letter.last.empty() ? "first" : letter.last);
}

OwnEntry letter_entry(const DailySite& site, const ListConfig& list, const Letter& letter,
                      const Share& progress) {
  const std::int64_t keep = std::max(list.retention.count(), kKeptFor);
  OwnEntry own{own_entry(list, "invite", "invite", letter.cctlds, site.now, site.now + keep), {}, {}};
  own.entry.recipients = {letter.contact};
  InvitePayload payload{progress.on, progress.of, 0, {}};
  if (letter.again) own.entry.rule = kInvitedAgain;
  if (letter.kind == LetterKind::remind) {
    own.entry.rule = reminder_rule(letter.number);
    payload.invited = letter.invited;
    if (!letter.tried.decision_id.empty())
      payload.tried = TriedRequest{letter.tried.decision_id, letter.tried.ground,
                                   letter.tried.marks.contains(CoverageMark::unproven)};
  }
  own.task = new_task(TaskKind::invite, letter_key(list, letter), own.entry.id, list.name, site.now);
  own.task.to = letter.contact;
  own.task.payload = write_payload(payload);
  return own;
}

}  // namespace

ReportSite report_site(const Ruleset& rules, const ListConfig& list) {
  ReportSite site;
  site.list = list.name;
  site.directory = rules.directory;
  site.overrides = rules.overrides;
  if (list.review) site.review_expires = list.review->expires.count();
  return site;
}

ListLetters read_letters(const DailySite& site, const ListConfig& list, const std::set<std::string>& again) {
  const OutreachPlan plan = list.outreach.value_or(OutreachPlan{});
  const ReportSite of_report = report_site(site.rules, list);
  // A contact that said no once said it for as long as the ledger knows.
  const std::int64_t until = site.now + kWrongClockOfLetters;
  CoverageInput input = read_coverage_input(site.store, of_report, until, until);
  const Coverage now = coverage(input, site.now);
  // What was written by a clock that went back since was written all the same.
  input.steps = site.store.outreach_steps({list.name, 0, std::numeric_limits<std::int64_t>::max()});
  std::vector<std::int64_t> remind;
  for (const std::chrono::seconds age : plan.remind) remind.push_back(age.count());
  ListLetters result;
  result.all =
      letters({now, input, site.rules.config.contacts.cool_down.count(),
               site.rules.config.contacts.max_age.count(), std::move(remind),
               [&](const Address& address) { return is_address_of_lists(site.rules, address); }, again});
  for (Letter& letter : result.all)
    if (letter.kind != LetterKind::none && site.store.is_known(letter_key(list, letter))) {
      letter.kind = LetterKind::none;
      letter.why = LetterReason::invited;
    }
  result.progress = now.all_cctlds;
  result.begun = has_begun(input.steps);
  const std::size_t today = invited_today(input.steps, site.now);
  const auto most = static_cast<std::size_t>(plan.per_day);
  result.left_today = most > today ? most - today : 0;
  return result;
}

Due due_letter(const DailySite& site, const ListConfig& list, const Letter& letter, const Share& progress) {
  const char* what = letter.kind == LetterKind::remind ? "is reminded" : "is invited";
  return {fmt::format("{}: {}, {} {}", list.name, shown_cctlds(letter.cctlds, false), letter.contact, what),
          [&site, &list, letter, progress] {
            return site.store.begin(letter_entry(site, list, letter, progress));
          }};
}

}  // namespace ccgate
