#include "milter/coverage/letters.h"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "milter/coverage/declined.h"
#include "milter/coverage/registry_groups.h"
#include "milter/coverage/request_standing.h"
#include "policy/rules/policy.h"
#include "policy/text/durations.h"
#include "policy/verdict/advice.h"
#include "policy/verdict/verdict.h"

namespace ccgate {
namespace {

constexpr std::string_view kRemind = "remind ";
constexpr std::int64_t kBetween = 7 * kDaySeconds;  // letters to one contact, where one came late

bool is_invite(const OutreachStep& step) {
  return step.request == "invite";
}

/// Of a reminder, from 1; 0: it is an invitation.
std::size_t number_of(const OutreachStep& step) {
  std::string_view rule = step.rule;
  if (!rule.starts_with(kRemind)) return 0;
  rule.remove_prefix(kRemind.size());
  std::size_t number = 0;
  std::from_chars(rule.data(), rule.data() + rule.size(), number);
  return std::max<std::size_t>(number, 1);
}

/// All that concerns one contact.
struct Addressee {
  const Address* email = nullptr;
  std::vector<const CoveredCcTld*> cctlds;
  std::vector<const OutreachStep*> steps;  // by time
};

class Letters {
 public:
  explicit Letters(const LetterSituation& situation) : s_(situation) {}

  [[nodiscard]] std::vector<Letter> make() {
    std::vector<Letter> all;
    collect(all);
    for (const Addressee& each : addressees_) all.push_back(letter(each));
    const auto place = [&](const Letter& letter) { return places_.at(letter.cctlds.front()); };
    std::stable_sort(all.begin(), all.end(),
                     [&](const Letter& a, const Letter& b) { return place(a) < place(b); });
    return all;
  }

 private:
  void collect(std::vector<Letter>& without) {
    std::map<std::string, std::size_t> by_key, by_cctld;
    for (const CoveredCcTld& cctld : s_.coverage.cctlds) {
      places_.emplace(cctld.label.ascii(), places_.size());
      const Contact* admin = admin_contact(*s_.input.directory, cctld.label);
      if (admin == nullptr) {
        without.push_back(nobody(cctld));
        continue;
      }
      const auto [found, is_new] = by_key.emplace(admin->email.key(), addressees_.size());
      if (is_new) addressees_.push_back({&admin->email, {}, {}});
      addressees_[found->second].cctlds.push_back(&cctld);
      by_cctld.emplace(cctld.label.ascii(), found->second);
    }
    for (const OutreachStep& step : s_.input.steps)
      if (is_invite(step))
        for (const std::size_t index : concerned(step, by_key, by_cctld))
          addressees_[index].steps.push_back(&step);
    for (Addressee& each : addressees_)
      std::stable_sort(
          each.steps.begin(), each.steps.end(), [](const OutreachStep* a, const OutreachStep* b) {
            return std::pair(a->at, std::string_view(a->id)) < std::pair(b->at, std::string_view(b->id));
          });
  }

  /// Whom the letter went to; where nothing tells, the contacts that its ccTLDs have now.
  static std::set<std::size_t> concerned(const OutreachStep& step,
                                         const std::map<std::string, std::size_t>& by_key,
                                         const std::map<std::string, std::size_t>& by_cctld) {
    std::set<std::size_t> all;
    const auto add = [&](const std::map<std::string, std::size_t>& from, const std::string& key) {
      if (const auto found = from.find(key); found != from.end()) all.insert(found->second);
    };
    if (const auto to = Address::parse(step.to))
      add(by_key, to->key());
    else
      for (const std::string& cctld : step.cctlds) add(by_cctld, cctld);
    return all;
  }

  [[nodiscard]] Letter nobody(const CoveredCcTld& cctld) const {
    Letter letter;
    letter.cctlds = {cctld.label.ascii()};
    const CcTld* known = s_.input.directory->find(cctld.label);
    letter.why = known != nullptr && known->unusable ? LetterReason::bad_data : LetterReason::no_contact;
    if (is_on_list(cctld)) set(letter, LetterReason::member, cctld);
    return letter;
  }

  static void set(Letter& letter, LetterReason why, const CoveredCcTld& because) {
    letter.why = why;
    letter.since = because.standing.since;
    letter.decision_id = because.standing.decision_id;
  }

  [[nodiscard]] Letter letter(const Addressee& addressee) const {
    Letter letter;
    letter.contact = addressee.email->text();
    add_steps(letter, addressee);
    for (const CoveredCcTld* cctld : addressee.cctlds) letter.cctlds.push_back(cctld->label.ascii());
    std::vector<const CoveredCcTld*> absent;
    for (const CoveredCcTld* cctld : addressee.cctlds)
      if (!is_on_list(*cctld)) absent.push_back(cctld);
    if (absent.empty()) {
      set(letter, LetterReason::member, *addressee.cctlds.front());
      return letter;
    }
    if (is_kept_back(letter, addressee, absent)) return letter;
    for (const CoveredCcTld* cctld : absent)
      if (cctld->standing.state == CoverageState::refused && cctld->standing.since >= letter.tried.since)
        letter.tried = cctld->standing;
    letter.why = letter.last.empty() ? LetterReason::uninvited : LetterReason::invited;
    letter.again = is_again(addressee);
    letter.kind = kind_of(letter, addressee);
    letter.cctlds.clear();
    for (const CoveredCcTld* cctld : absent) letter.cctlds.push_back(cctld->label.ascii());
    return letter;
  }

  static void add_steps(Letter& letter, const Addressee& addressee) {
    for (const OutreachStep* step : addressee.steps) {
      letter.last = step->id;
      const std::size_t number = number_of(*step);
      if (number == 0 || letter.invitation.empty()) {
        letter.invitation = step->id;
        letter.invited = step->at;
        letter.reminders = 0;
      }
      letter.reminders = std::max(letter.reminders, number);
    }
    letter.since = letter.invited;
    letter.decision_id = letter.invitation;
  }

  /// Leaves in `absent` those that can be written about.
  bool is_kept_back(Letter& letter, const Addressee& addressee,
                    std::vector<const CoveredCcTld*>& absent) const {
    using enum LetterReason;
    if (s_.is_ours && s_.is_ours(*addressee.email)) {
      letter.why = ours;
      return true;
    }
    if (!is_again(addressee) && has_declined(letter, addressee)) return true;
    for (const CoveredCcTld* cctld : absent)
      if (const RequestSeen* request = later_request(*cctld)) {
        letter.why = in_progress;
        letter.since = request->decided;
        letter.decision_id = request->id;
        return true;
      }
    if (stands(letter, addressee, absent, {declined, in_progress})) return true;
    if (!is_again(addressee) && is_refused(letter, absent)) return true;
    if (stands(letter, addressee, absent, {bounced, left})) return true;
    if (!is_again(addressee)) {
      if (!addressee.steps.empty() && addressee.steps.back()->bounced != 0) {
        letter.why = bounced;
        letter.since = addressee.steps.back()->bounced;
        letter.decision_id = letter.last;
        return true;
      }
      if (joined_since(letter, addressee)) return true;
    }
    return has_no_sound_data(letter, absent);
  }

  /// Also by a clock that was ahead of now.
  [[nodiscard]] bool is_on_list(const CoveredCcTld& cctld) const {
    return cctld.standing.state == CoverageState::member ||
           std::any_of(s_.input.members.begin(), s_.input.members.end(), [&](const Member& member) {
             return member.ended == 0 && member.cctld == cctld.label.ascii();
           });
  }

  bool has_declined(Letter& letter, const Addressee& addressee) const {
    for (const CoveredCcTld* cctld : addressee.cctlds)
      if (const OutreachStep* declined = standing_decline(s_.input, cctld->label.ascii())) {
        letter.why = LetterReason::declined;
        letter.since = declined->at;
        letter.decision_id = declined->id;
        return true;
      }
    return false;
  }

  /// What may be open, by a clock that was ahead of now; null: nothing.
  [[nodiscard]] const RequestSeen* later_request(const CoveredCcTld& cctld) const {
    for (const RequestSeen& request : s_.input.requests) {
      if (request.decided <= s_.coverage.at || request.observed) continue;
      if (std::find(request.cctlds.begin(), request.cctlds.end(), cctld.label.ascii()) ==
          request.cctlds.end())
        continue;
      if (is_word(request.verdict, Decision::reject) || is_word(request.verdict, Decision::discard)) continue;
      if (is_word(request.verdict, Decision::ask) ||
          standpoint_of(request, *s_.input.directory, cctld.label) == Standpoint::registry)
        return &request;
    }
    return nullptr;
  }
  static bool is_word(const std::string& verdict, Decision decision) {
    return verdict == to_string(decision);
  }

  /// One of these reasons holds for one of its ccTLDs.
  bool stands(Letter& letter, const Addressee& addressee, const std::vector<const CoveredCcTld*>& absent,
              std::initializer_list<LetterReason> reasons) const {
    for (const LetterReason reason : reasons)
      for (const CoveredCcTld* cctld : absent)
        if (reason_of(cctld->standing) == reason &&
            (reason == LetterReason::in_progress || !is_again(addressee)))
          return set(letter, reason, *cctld), true;
    return false;
  }

  bool is_refused(Letter& letter, const std::vector<const CoveredCcTld*>& absent) const {
    for (const CoveredCcTld* cctld : absent)
      if (const auto refusal = standing_refusal(s_.input, cctld->label)) {
        letter.why = LetterReason::refused;
        letter.since = refusal->at;
        letter.decision_id = refusal->decision_id;
        return true;
      }
    return false;
  }

  /// Of one of its ccTLDs: why the contact is not written to; nullopt: it may be.
  static std::optional<LetterReason> reason_of(const Standing& standing) {
    using enum LetterReason;
    // What anybody could have written keeps nobody from being invited; that the contact was asked is no
    // forgery.
    const bool proven = !standing.marks.contains(CoverageMark::unproven);
    switch (standing.state) {
      case CoverageState::declined:
        return declined;
      case CoverageState::in_progress:
        if (proven || standing.marks.contains(CoverageMark::asked)) return in_progress;
        break;
      case CoverageState::refused:
        if (standing.ground == to_string(Setback::bounced)) return bounced;
        break;
      case CoverageState::lapsed:
        if (is_their_word(standing.ended_by)) return left;
        break;
      case CoverageState::member:
      case CoverageState::invited:
      case CoverageState::uninvited:
        break;
    }
    return std::nullopt;
  }

  [[nodiscard]] bool is_again(const Addressee& addressee) const {
    return std::any_of(addressee.cctlds.begin(), addressee.cctlds.end(),
                       [&](const CoveredCcTld* cctld) { return s_.again.contains(cctld->label.ascii()); });
  }

  /// Not that of the list manager's roster, or of an operator.
  static bool is_their_word(const std::string& ended_by) {
    return !ended_by.empty() && ended_by != "roster" && ended_by != "hand" && !ended_by.starts_with("hand:");
  }

  /// Whoever came knows the way for the others.
  static bool joined_since(Letter& letter, const Addressee& addressee) {
    if (letter.last.empty()) return false;
    for (const CoveredCcTld* cctld : addressee.cctlds)
      if (cctld->standing.state == CoverageState::member && cctld->standing.since >= letter.invited)
        return set(letter, LetterReason::member, *cctld), true;
    return false;
  }

  bool has_no_sound_data(Letter& letter, std::vector<const CoveredCcTld*>& absent) const {
    std::optional<LetterReason> fault;
    std::int64_t since = 0;
    std::erase_if(absent, [&](const CoveredCcTld* cctld) {
      const CcTld* known = s_.input.directory->find(cctld->label);
      const Contact* admin = admin_contact(*s_.input.directory, cctld->label);
      if (s_.input.directory->is_stale(known, s_.coverage.at, s_.max_contact_age)) {
        fault = fault.value_or(LetterReason::stale);
        return true;
      }
      if (!is_young(*admin, s_.coverage.at, s_.cool_down)) return false;
      if (!fault) since = contact_since(*admin).value_or(0);
      fault = fault.value_or(LetterReason::young);
      return true;
    });
    if (!absent.empty()) return false;
    letter.why = *fault;
    letter.since = since;
    letter.decision_id.clear();
    return true;
  }

  [[nodiscard]] LetterKind kind_of(Letter& letter, const Addressee& addressee) const {
    if (letter.last.empty() || is_again(addressee)) return LetterKind::invite;
    const std::int64_t age = s_.coverage.at - letter.invited;
    std::size_t due = 0;
    while (due < s_.remind.size() && s_.remind[due] <= age) ++due;
    if (due <= letter.reminders) return LetterKind::none;
    const std::int64_t before = due > 1 ? s_.remind[due - 2] : 0;
    const std::int64_t between = std::min(kBetween, s_.remind[due - 1] - before);
    if (s_.coverage.at - addressee.steps.back()->at < between) return LetterKind::none;
    letter.number = due;
    return LetterKind::remind;
  }

  const LetterSituation& s_;
  std::vector<Addressee> addressees_;
  std::map<std::string, std::size_t> places_;
};

}  // namespace

std::vector<Letter> letters(const LetterSituation& situation) {
  return Letters(situation).make();
}

std::size_t invited_today(const std::vector<OutreachStep>& steps, std::int64_t now) {
  const std::int64_t today = now - (now % kDaySeconds + kDaySeconds) % kDaySeconds;
  return static_cast<std::size_t>(std::count_if(steps.begin(), steps.end(), [&](const OutreachStep& step) {
    return is_invite(step) && number_of(step) == 0 && step.at >= today &&
           step.at <= now + kWrongClockOfLetters;
  }));
}

bool has_begun(const std::vector<OutreachStep>& steps) {
  return std::any_of(steps.begin(), steps.end(), is_invite);
}

std::string reminder_rule(std::size_t number) {
  return std::string(kRemind) + std::to_string(number);
}

}  // namespace ccgate
