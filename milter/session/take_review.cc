#include "milter/session/take_review.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "milter/members/reviews.h"
#include "milter/notice/tasks.h"
#include "milter/store/token.h"
#include "milter/system/sha256.h"

namespace ccgate {
namespace {

using Kind = ReviewAnswer::Kind;

constexpr std::string_view kHowToReview =
    "nothing was changed; answer in a short plain text whose first line is yes, or no and the addresses of "
    "those "
    "who do not belong there";
constexpr std::string_view kSendForm =
    "nothing was changed; new people are named in the form, sent to the address that the mail tells";
constexpr std::string_view kNoSuchMember =
    "nothing was changed; an address is of nobody whom the mail names; write it as it stands there";
constexpr std::string_view kNoToSender =
    "nothing was changed; it says no with your own address behind it, as a signature too would stand there; "
    "to "
    "be taken off yourself, write: remove and your address";
constexpr std::string_view kNamedBeside =
    "nothing was changed; it names people beside its answer; write yes alone, or no and the addresses of "
    "those "
    "who do not belong there";
constexpr std::string_view kNoLongerContact =
    "nothing was changed; this address is no longer the admin contact of these ccTLDs";
constexpr std::string_view kReviewOver = "the time to answer is over; write to the list's owner";
constexpr std::string_view kAnsweredReview =
    "this was answered before; to change that, name who does not belong there, or write to the list's owner";

/// A token that asks about a review, and what it asks.
struct Review {
  Token token;
  LedgerEntry entry;
};

std::optional<Review> review_of(const TokenTaker& taker, const Ruleset::Own& own) {
  const std::string hash = token_hash(own.address.token);
  auto token = taker.store.find_token(hash);
  if (!token || !same_in_constant_time(token->hash, hash) || token->list != own.list->config.name ||
      token->purpose != TokenPurpose::confirm)
    return std::nullopt;
  auto entry = taker.store.find_entry(token->decision_id);
  if (!entry || entry->request != "review") return std::nullopt;
  return Review{std::move(*token), std::move(*entry)};
}

/// Those whom the answer is about.
std::vector<Member> reviewed_members(const TokenTaker& taker, const Review& review,
                                     const Directory& directory) {
  std::vector<Member> members;
  const auto contact = Address::parse(review.token.contact);
  const auto question = taker.store.find_question(review.token.question);
  if (!contact || !question) return members;
  for (const std::string& cctld : review.entry.cctlds) {
    if (!is_still_contact(directory, cctld, *contact)) continue;
    MemberFilter filter;
    filter.list = review.entry.list;
    filter.cctld = cctld;
    for (Member& member : taker.store.members(filter))
      if (is_named_in(member, *question, review.entry)) members.push_back(std::move(member));
  }
  return members;
}

/// Ends the memberships of `leaving`, checks all others.
MemberChanges reviewed_changes(const TokenTaker& taker, const Review& review,
                               const std::vector<Member>& members, const std::set<std::string>& leaving) {
  MemberChanges changes;
  const auto contact = Address::parse(review.token.contact);
  for (const Member& member : members) {
    if (leaving.contains(member.address))
      changes.ended.push_back({member.list, member.cctld, member.address, taker.now, review.entry.id});
    else
      changes.checked.push_back(
          {member.list, member.cctld, member.address, taker.now, contact ? contact->key() : ""});
  }
  return changes;
}

Task told_owner(const TokenTaker& taker, const Review& review, const std::string& detail) {
  return owner_task(review.entry.id, review.token.list, {NoticeKind::reviewed, review.token.contact, detail},
                    taker.now);
}

}  // namespace

bool is_of_review(const TokenTaker& taker, const Ruleset::Own& own) {
  return review_of(taker, own).has_value();
}

Taken take_review(const TokenTaker& taker, const Ruleset::Own& own, const ReviewAnswer& answer,
                  const std::vector<Address>& senders, const Directory& directory) {
  const auto review = review_of(taker, own);
  if (!review) return {.outcome = "unknown"};
  const auto question = taker.store.find_question(review->token.question);
  if (review->token.expires < taker.now || (question && question->state == QuestionState::expired))
    return {"expired", review->entry.id, review->token.contact, kReviewOver};
  if (answer.kind == Kind::form) return take_unclear(taker, own, false, "it looks like a form", kSendForm);
  if (answer.kind == Kind::unclear)
    return take_unclear(taker, own, false, "it says neither yes nor who does not belong there", kHowToReview);
  const std::vector<Member> members = reviewed_members(taker, *review, directory);
  std::set<std::string> leaving;
  for (const Address& who : answer.who) leaving.insert(who.key());
  for (const std::string& address : leaving)
    if (std::none_of(members.begin(), members.end(),
                     [&](const Member& member) { return member.address == address; }))
      return take_unclear(taker, own, true, "it says no to somebody who is not on the list",
                          members.empty() ? kNoLongerContact : kNoSuchMember);
  if (members.empty())
    return take_unclear(taker, own, answer.kind == Kind::refuses, "nobody is left that it could be about",
                        kNoLongerContact);
  const auto contact = Address::parse(review->token.contact);
  const auto is_sender = [&](const Address& address) {
    return address == contact || std::find(senders.begin(), senders.end(), address) != senders.end();
  };
  if (std::any_of(answer.by_no.begin(), answer.by_no.end(), is_sender))
    return take_unclear(taker, own, true, "it says no, and names its own sender", kNoToSender);
  const auto is_member = [&](const Address& address) {
    return std::any_of(members.begin(), members.end(),
                       [&](const Member& member) { return member.address == address.key(); });
  };
  if (std::any_of(answer.beside.begin(), answer.beside.end(),
                  [&](const Address& address) { return is_member(address) && !is_sender(address); }))
    return take_unclear(taker, own, true, "it names a member beside its answer", kNamedBeside);
  std::vector<Task> tasks;
  MemberChanges changes;
  const bool refuses = answer.kind == Kind::refuses;
  if (!refuses) changes = reviewed_changes(taker, *review, members, leaving);
  if (refuses) {
    tasks.push_back(told_owner(
        taker, *review,
        "It said no and did not say to whom. Nobody was removed. The answer came from " + taker.from + "."));
  } else if (!leaving.empty()) {
    std::string names;
    for (const std::string& address : leaving) names += (names.empty() ? "" : ", ") + address;
    Task told =
        told_owner(taker, *review, "It had removed: " + names + ". The answer came from " + taker.from + ".");
    told.key += ":" + sha256_hex(names);  // as long as an index of keys takes, and without names
    tasks.push_back(std::move(told));
  }
  // Without names: the ledger keeps it for long.
  const std::string detail =
      leaving.empty() ? taker.from : "removed " + std::to_string(leaving.size()) + "; " + taker.from;
  const TokenUse use = taker.store.answer_review(review->token.hash, review->token.list,
                                                 refuses ? QuestionState::refused : QuestionState::confirmed,
                                                 detail, taker.now, tasks, changes);
  Taken taken{refuses           ? "refused"
              : leaving.empty() ? "checked"
                                : "removed",
              review->entry.id, review->token.contact};
  switch (use.outcome) {
    case TokenUse::Outcome::done:
      return taken;
    case TokenUse::Outcome::used:
    case TokenUse::Outcome::let_in:
      taken.outcome = "repeated";
      if (use.question && use.question->state == QuestionState::refused && !refuses) {
        taken.outcome = "answered_before";
        taken.refusal = kAnsweredReview;
      }
      return taken;
    case TokenUse::Outcome::expired:
      taken.outcome = "expired";
      taken.refusal = kReviewOver;
      return taken;
    case TokenUse::Outcome::unknown:
      break;
  }
  return {.outcome = "unknown"};
}

}  // namespace ccgate
