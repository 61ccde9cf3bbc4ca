#include "milter/session/take_token.h"

#include <fmt/core.h>

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <utility>
#include <vector>

#include "milter/notice/tasks.h"
#include "milter/store/token.h"

namespace ccgate {
namespace {

/// The token of `own`, when we mailed it for this list and one of `purposes`.
std::optional<Token> known_token(const TokenTaker& taker, const Ruleset::Own& own,
                                 std::initializer_list<TokenPurpose> purposes) {
  const std::string hash = token_hash(own.address.token);
  auto token = taker.store.find_token(hash);
  if (!token || !same_in_constant_time(token->hash, hash) || token->list != own.list->config.name ||
      std::find(purposes.begin(), purposes.end(), token->purpose) == purposes.end())
    return std::nullopt;
  return token;
}

/// The token of an address that a contact answers to.
std::optional<Token> known_answer_token(const TokenTaker& taker, const Ruleset::Own& own) {
  if (own.address.kind == OwnAddressKind::object) return known_token(taker, own, {TokenPurpose::object});
  return known_token(taker, own, {TokenPurpose::confirm, TokenPurpose::refuse});
}

constexpr std::string_view kNoQuestion =
    "no question was asked from this address; reply to the mail that asks";
constexpr std::string_view kNoNotice = "no notice came from this address; reply to the mail that told you";

Task for_owner(const TokenTaker& taker, const Token& token, NoticeKind what, const std::string& detail) {
  return owner_task(token.decision_id, token.list, {what, token.contact, detail}, taker.now);
}

/// That it was answered. One of several decides nothing by itself.
Task answer_for_owner(const TokenTaker& taker, const Token& token, bool says_no) {
  const auto question = taker.store.find_question(token.question);
  if (!question || !question->asked_as)
    return for_owner(taker, token, says_no ? NoticeKind::refused : NoticeKind::confirmed, taker.from);
  Task told = for_owner(taker, token, NoticeKind::vouched,
                        fmt::format("{}, as {}; it came from {}", says_no ? "no" : "yes",
                                    title_of(*question->asked_as), taker.from));
  if (says_no) told.key += ":no";
  return told;
}

Task too_late_for_owner(const TokenTaker& taker, const Token& token,
                        const std::optional<Question>& question) {
  if (!question || !question->asked_as) return for_owner(taker, token, NoticeKind::too_late, taker.from);
  Task told = for_owner(taker, token, NoticeKind::vouched,
                        fmt::format("no, as {}, when the request was let in; it came from {}",
                                    title_of(*question->asked_as), taker.from));
  told.key += ":late";
  return told;
}

}  // namespace

bool has_known_token(const TokenTaker& taker, const Ruleset::Own& own) {
  if (own.address.kind == OwnAddressKind::notice)
    return known_token(taker, own, {TokenPurpose::bounce}).has_value();
  return known_answer_token(taker, own).has_value();
}

Taken take_answer(const TokenTaker& taker, const Ruleset::Own& own, bool says_no) {
  const Taken unknown{.outcome = "unknown", .refusal = kNoQuestion};
  const auto token = known_token(taker, own, {TokenPurpose::confirm, TokenPurpose::refuse});
  if (!token) return unknown;
  if (!says_no && token->purpose == TokenPurpose::refuse)
    return take_unclear(
        taker, own, false, "it says yes with a code that only refuses",
        "the code of this address only refuses; to confirm, reply to the newest mail that asks you and leave "
        "its address as it is");
  Taken taken{"unclear", token->decision_id, token->contact};
  const QuestionState state = says_no ? QuestionState::refused : QuestionState::confirmed;
  std::vector<Task> tasks;
  const auto asked_by = taker.store.find_entry(token->decision_id);
  // A held message does not come again by itself: somebody has to let it go.
  const bool held = asked_by && asked_by->reply.empty();
  if (says_no || held) tasks.push_back(answer_for_owner(taker, *token, says_no));
  const TokenUse use = taker.store.answer(token->hash, token->list, state, taker.from, taker.now, tasks);
  taken.outcome = to_string(state);
  const auto is = [&](QuestionState one) { return use.question && use.question->state == one; };
  switch (use.outcome) {
    case TokenUse::Outcome::done:
      return taken;
    case TokenUse::Outcome::let_in:
      taker.store.add({}, {too_late_for_owner(taker, *token, use.question)});
      taken.outcome = "too_late";
      if (use.question && use.question->asked_as == Voucher::members) {
        taken.refusal = "this request was let in before; the list's owner knows of this no";
        return taken;
      }
      taken.refusal =
          "this request was let in before; to object, reply to the mail that told you so; the list's owner "
          "knows of this no";
      return taken;
    case TokenUse::Outcome::used:
    case TokenUse::Outcome::expired:
      if (is(state)) {
        taken.outcome = "repeated";
      } else if (is(QuestionState::confirmed) || is(QuestionState::refused)) {
        taken.outcome = "answered_before";
        taken.refusal = "this question has been answered before; write to the list's owner to change that";
      } else {
        taken.outcome = "expired";
        taken.refusal = "this question is no longer open; the author may send the request again";
      }
      return taken;
    case TokenUse::Outcome::unknown:
      break;
  }
  return unknown;
}

Taken take_objection(const TokenTaker& taker, const Ruleset::Own& own, bool hook) {
  const auto token = known_token(taker, own, {TokenPurpose::object});
  if (!token) return {.outcome = "unknown", .refusal = kNoNotice};
  std::vector<Task> tasks{for_owner(taker, *token, NoticeKind::objected, taker.from)};
  if (hook) tasks.push_back(hook_task(token->decision_id, token->list, "objected", taker.now));
  const TokenUse use = taker.store.object(token->hash, token->list, taker.from, taker.now, tasks);
  Taken taken{"objected", token->decision_id, token->contact};
  if (use.outcome == TokenUse::Outcome::used) taken.outcome = "repeated";
  if (use.outcome == TokenUse::Outcome::expired) {
    taken.outcome = "expired";
    taken.refusal = "the time to object is over; write to the list's owner";
  }
  return taken;
}

Taken take_unclear(const TokenTaker& taker, const Ruleset::Own& own, bool says_no, const std::string& why,
                   std::string_view refusal) {
  const bool objects = own.address.kind == OwnAddressKind::object;
  const auto token = known_answer_token(taker, own);
  if (!token) return {.outcome = "unknown", .refusal = objects ? kNoNotice : kNoQuestion};
  const std::string detail = taker.from + "; " + why;
  Task told = for_owner(taker, *token, NoticeKind::unclear, detail);
  if (says_no) told.key += ":no";
  (void)taker.store.unclear(token->hash, token->list, detail, taker.now, {std::move(told)});
  return {"unclear", token->decision_id, token->contact, refusal, why};
}

Taken take_report(const TokenTaker& taker, const Ruleset::Own& own, const DeliveryReport& report) {
  const auto token = known_token(taker, own, {TokenPurpose::bounce});
  if (!token) return {"unknown"};
  if (!report.failed) return {"ignored", token->decision_id, token->contact, {}, "no failure"};
  const std::string detail = report.status.empty() ? "came back" : "came back: " + report.status;
  const TokenUse use = taker.store.bounce(token->hash, token->list, detail, taker.now,
                                          {for_owner(taker, *token, NoticeKind::bounced, detail)});
  Taken taken{"bounced", token->decision_id, token->contact, {}, report.status};
  if (use.outcome == TokenUse::Outcome::used) taken.outcome = "repeated";
  if (use.outcome == TokenUse::Outcome::expired) taken.outcome = "expired";
  return taken;
}

}  // namespace ccgate
