#include "milter/members/reviews.h"

#include <algorithm>
#include <map>
#include <utility>

#include "milter/notice/payload.h"
#include "policy/text/durations.h"

namespace ccgate {
namespace {

// What was written down later than so long from now was by a clock that was wrong; a day back is no more than
// people do to a clock by mistake.
constexpr std::int64_t kWrongClock = 2 * kDaySeconds;

bool is_idn(const std::string& label) {
  return label.starts_with("xn--");
}

/// ASCII ccTLDs first.
bool comes_before(const std::string& a, const std::string& b) {
  return std::pair(is_idn(a), a) < std::pair(is_idn(b), b);
}

std::optional<Domain> cctld_of(const Member& member) {
  return Domain::parse(member.cctld);
}

/// What is known of one contact.
struct Asked {
  std::vector<const Member*> members;
  std::vector<const Question*> reviews;
  Address contact;
};

class Selection {
 public:
  explicit Selection(const ReviewSituation& situation) : s_(situation) {}

  std::vector<DueReview> due() {
    collect();
    std::vector<DueReview> all;
    for (const auto& [key, asked] : by_contact_)
      if (auto one = due(asked)) all.push_back(std::move(*one));
    std::sort(all.begin(), all.end(), [](const DueReview& a, const DueReview& b) {
      return comes_before(a.cctlds.front(), b.cctlds.front());
    });
    const std::int64_t left = std::max<std::int64_t>(s_.times.per_day - asked_today(), 0);
    if (all.size() > static_cast<std::size_t>(left))
      all.erase(all.begin() + static_cast<std::ptrdiff_t>(left), all.end());
    return all;
  }

 private:
  void collect() {
    for (const Member& member : s_.members) {
      const Contact* contact = contact_for(member);
      if (contact == nullptr) continue;
      Asked& asked =
          by_contact_.try_emplace(contact->email.key(), Asked{{}, {}, contact->email}).first->second;
      asked.members.push_back(&member);
    }
    for (const Question& review : s_.reviews) {
      const auto address = Address::parse(review.contact);
      const auto found = address ? by_contact_.find(address->key()) : by_contact_.end();
      if (found != by_contact_.end()) found->second.reviews.push_back(&review);
    }
  }

  /// Who can be asked about the member now; null: nobody.
  const Contact* contact_for(const Member& member) const {
    const auto label = cctld_of(member);
    const CcTld* cctld = label ? s_.directory.find(*label) : nullptr;
    if (cctld == nullptr || cctld->unusable || s_.directory.is_stale(cctld, s_.now, s_.max_contact_age))
      return nullptr;
    const auto admin = cctld->contacts.find(Role::admin);
    if (admin == cctld->contacts.end()) return nullptr;
    const bool stood_before = member.voucher == admin->second.email.key();
    if (!stood_before && is_young(admin->second, s_.now, s_.cool_down)) return nullptr;
    return &admin->second;
  }

  std::optional<DueReview> due(const Asked& asked) const {
    const Question* last = nullptr;
    bool by_wrong_clock = false;
    for (const Question* review : asked.reviews)
      if (review->asked > s_.now + kWrongClock)
        by_wrong_clock = true;
      else if (last == nullptr || std::pair(review->asked, review->id) > std::pair(last->asked, last->id))
        last = review;
    if (last != nullptr && last->state == QuestionState::open) return std::nullopt;
    std::optional<ReviewCause> cause;
    for (const Member* member : asked.members)
      if (const auto one = cause_of(*member, asked.contact, last); one && (!cause || *one < *cause))
        cause = one;
    if (!cause) return std::nullopt;
    DueReview review{asked.contact, {}, *cause, last == nullptr ? "" : last->id};
    // Such a one has the name that this one would have.
    if (by_wrong_clock) review.before += "+" + std::to_string(asked.reviews.size());
    for (const Member* member : asked.members) review.cctlds.push_back(member->cctld);
    std::sort(review.cctlds.begin(), review.cctlds.end(), comes_before);
    review.cctlds.erase(std::unique(review.cctlds.begin(), review.cctlds.end()), review.cctlds.end());
    return review;
  }

  std::optional<ReviewCause> cause_of(const Member& member, const Address& contact,
                                      const Question* last) const {
    // Who was asked and did not stand for it is not asked the same every day.
    const bool asked = last != nullptr && is_reviewed(member, *last);
    const std::int64_t since = asked ? std::max(member.checked, last->asked) : member.checked;
    if (member.bouncing > since) return ReviewCause::bounce;
    const bool unreached = asked && last->state == QuestionState::undelivered;
    const std::int64_t pause = unreached ? s_.times.expires.count() : s_.times.every.count();
    if (asked && s_.now - last->asked < pause) return std::nullopt;
    if (member.checked == 0) return ReviewCause::never;
    if (unreached || s_.now - since >= s_.times.every.count()) return ReviewCause::time;
    return is_of_contact(member, contact) ? std::nullopt : std::optional(ReviewCause::contact);
  }

  /// Whoever stood for it is a contact of its ccTLD still, in whatever role.
  bool is_of_contact(const Member& member, const Address& contact) const {
    if (member.voucher == contact.key()) return true;
    const auto label = cctld_of(member);
    const CcTld* cctld = label ? s_.directory.find(*label) : nullptr;
    return cctld != nullptr &&
           std::any_of(cctld->contacts.begin(), cctld->contacts.end(), [&](const auto& role) {
             return role.first != Role::admin && role.second.email.key() == member.voucher;
           });
  }

  std::int64_t asked_today() const {
    const std::int64_t today = s_.now - (s_.now % kDaySeconds + kDaySeconds) % kDaySeconds;
    return std::count_if(s_.reviews.begin(), s_.reviews.end(), [&](const Question& review) {
      return review.asked >= today && review.asked <= s_.now + kWrongClock;
    });
  }

  const ReviewSituation& s_;
  std::map<std::string, Asked> by_contact_;
};

}  // namespace

bool is_reviewed(const Member& member, const Question& review) {
  return member.list == review.list && member.since <= review.asked &&
         std::find(review.cctlds.begin(), review.cctlds.end(), member.cctld) != review.cctlds.end();
}

bool is_named_in(const Member& member, const Question& review, const LedgerEntry& entry) {
  const auto payload = read_review_payload(entry.explanation);
  return payload && member.number <= payload->newest && is_reviewed(member, review);
}

bool is_still_contact(const Directory& directory, const std::string& cctld, const Address& contact) {
  const auto label = Domain::parse(cctld);
  const CcTld* known = label ? directory.find(*label) : nullptr;
  if (known == nullptr || known->unusable) return false;
  const auto admin = known->contacts.find(Role::admin);
  return admin != known->contacts.end() && admin->second.email == contact;
}

ReviewState review_state(const Member& member, const std::vector<Question>& reviews, const ReviewTimes& times,
                         std::int64_t now) {
  const Question* last = nullptr;
  for (const Question& review : reviews)
    if (is_reviewed(member, review) && review.asked <= now + kWrongClock &&
        (last == nullptr || review.asked > last->asked))
      last = &review;
  // One that was confirmed, for others alone, says nothing about this member.
  if (last != nullptr && last->asked > member.checked && last->state != QuestionState::confirmed) {
    const bool waits = last->state == QuestionState::open || last->state == QuestionState::undelivered;
    return waits && now - last->asked <= times.expires.count() ? ReviewState::asked : ReviewState::overdue;
  }
  if (member.checked == 0) return ReviewState::unchecked;
  return now - member.checked > times.every.count() + times.expires.count() ? ReviewState::overdue
                                                                            : ReviewState::fresh;
}

std::vector<DueReview> due_reviews(const ReviewSituation& situation) {
  return Selection(situation).due();
}

std::vector<Question> due_reminders(const ReviewSituation& situation) {
  std::vector<Question> due;
  for (const Question& review : situation.reviews) {
    if (review.state != QuestionState::open || situation.now > review.expires ||
        situation.now - review.asked < situation.times.remind.count())
      continue;
    const auto contact = Address::parse(review.contact);
    if (contact && std::any_of(situation.members.begin(), situation.members.end(), [&](const Member& member) {
          return is_reviewed(member, review) && member.checked < review.asked &&
                 is_still_contact(situation.directory, member.cctld, *contact);
        }))
      due.push_back(review);
  }
  return due;
}

}  // namespace ccgate
