#include "milter/store/store_questions.h"

#include <algorithm>
#include <utility>

#include "milter/store/duty_store.h"
#include "milter/store/store_members.h"
#include "milter/store/store_rows.h"

namespace ccgate {

namespace {

/// Whether `token` may make its question `state` at `now`.
TokenUse::Outcome outcome_of(const Token& token, const std::optional<Question>& question, QuestionState state,
                             std::int64_t now) {
  using enum TokenUse::Outcome;
  const bool says_no = state == QuestionState::refused;
  if (says_no && question && question->let_in != 0 && question->state != QuestionState::refused)
    return let_in;
  if (says_no && question && question->state == QuestionState::confirmed) return done;
  if (token.used != 0) return used;
  const bool waits =
      question && (question->state == QuestionState::open || question->state == QuestionState::undelivered);
  return waits && token.expires >= now && question->expires >= now ? done : expired;
}

/// The same of a review. Whoever has its token adds events by answers that say something new only.
TokenUse::Outcome outcome_of_review(const Token& token, const Question& question, QuestionState state,
                                    bool removes, std::int64_t now) {
  using enum TokenUse::Outcome;
  if (token.expires < now || question.expires < now || question.state == QuestionState::expired)
    return expired;
  if (question.state == QuestionState::open || question.state == QuestionState::undelivered || removes)
    return done;
  return question.state == QuestionState::confirmed && state == QuestionState::refused ? done : used;
}

bool is_review(const Question& question) {
  return question.request_key.starts_with(review_key(question.list, ""));
}

/// Marks the token used when it is as it should be. Of two at the same time the second finds it used.
TokenUse take_token(SqlConnection& c, const std::string& hash, const std::string& list, TokenPurpose purpose,
                    std::int64_t now) {
  using enum TokenUse::Outcome;
  // Used at 0 would be not used.
  const bool taken = !c.run(
                           "UPDATE tokens SET used = ?4 WHERE hash = ?1 AND list = ?2 AND purpose = ?3"
                           " AND used = 0 AND expires >= ?5 RETURNING hash",
                           {hash, list, to_string(purpose), std::max<std::int64_t>(now, 1), now})
                          .empty();
  TokenUse use;
  use.token = token_by_hash(c, hash);
  if (!use.token || use.token->list != list || use.token->purpose != purpose) return {};
  use.outcome = taken ? done : use.token->used != 0 ? used : expired;
  return use;
}

}  // namespace

std::optional<Token> SqlQuestions::find_token(const std::string& hash) {
  return database_.read([&](SqlConnection& c) { return token_by_hash(c, hash); });
}

TokenUse SqlQuestions::answer(const std::string& hash, const std::string& list, QuestionState state,
                              const std::string& detail, std::int64_t now, const std::vector<Task>& tasks) {
  if (state != QuestionState::confirmed && state != QuestionState::refused)
    database_.fail("a question is answered with yes or no");
  TokenUse use;
  database_.write(SqlMode::write, [&](SqlConnection& c) {
    use = {};
    const auto token = token_by_hash(c, hash);
    const bool serves = token && token->list == list &&
                        (token->purpose == TokenPurpose::confirm ||
                         (token->purpose == TokenPurpose::refuse && state == QuestionState::refused));
    if (!serves) return;
    const auto asked = question_by_id(c, token->question);
    // Behind an acceptance that rests on it, and other answers.
    if (asked) c.lock("request " + asked->request_key);
    use.token = token_by_hash(c, hash);
    if (!use.token) return;
    use.question = question_by_id(c, token->question);
    use.outcome = outcome_of(*use.token, use.question, state, now);
    if (use.outcome != TokenUse::Outcome::done) return;
    const SqlRows answered = c.run(
        joined({"UPDATE questions SET state = ?2, answered = ?3 WHERE id = ?1 AND state = ?4 RETURNING ",
                kQuestionColumns}),
        {token->question, to_string(state), now, to_string(use.question->state)});
    if (answered.empty()) {  // its time was over by another clock, at this moment
      use.outcome = TokenUse::Outcome::expired;
      return;
    }
    use.question = question_of(answered.front());
    if (use.token->used == 0) {
      use.token->used = std::max<std::int64_t>(now, 1);  // used at 0 would be not used
      c.run("UPDATE tokens SET used = ?2 WHERE hash = ?1", {hash, use.token->used});
    }
    insert_event(c, {.number = 0,
                     .decision_id = use.question->decision_id,
                     .at = now,
                     .kind = state == QuestionState::confirmed ? EventKind::confirmed : EventKind::refused,
                     .who = use.question->contact,
                     .detail = detail});
    for (const Task& task : tasks) insert_task(c, task, now);
  });
  return use;
}

TokenUse SqlQuestions::answer_review(const std::string& hash, const std::string& list, QuestionState state,
                                     const std::string& detail, std::int64_t now,
                                     const std::vector<Task>& tasks, const MemberChanges& members) {
  TokenUse use;
  database_.write(SqlMode::write, [&](SqlConnection& c) {
    use = {};
    auto token = token_by_hash(c, hash);
    if (!token || token->list != list || token->purpose != TokenPurpose::confirm) return;
    const auto asked = question_by_id(c, token->question);
    if (!asked) return;
    c.lock(joined({"request ", asked->request_key}));  // behind another answer
    use.token = std::move(token);
    use.question = question_by_id(c, asked->id);
    if (!use.question) return;
    use.outcome = outcome_of_review(*use.token, *use.question, state, !members.ended.empty(), now);
    if (use.outcome != TokenUse::Outcome::done) return;
    use.question->state = state;
    use.question->answered = now;
    c.run("UPDATE questions SET state = ?2, answered = ?3 WHERE id = ?1",
          {use.question->id, to_string(state), now});
    c.run("UPDATE tokens SET used = ?2 WHERE hash = ?1 AND used = 0", {hash, std::max<std::int64_t>(now, 1)});
    insert_event(c, {.number = 0,
                     .decision_id = use.question->decision_id,
                     .at = now,
                     .kind = state == QuestionState::confirmed ? EventKind::confirmed : EventKind::refused,
                     .who = use.question->contact,
                     .detail = detail});
    (void)apply_member_changes(c, members);
    for (const Task& task : tasks) insert_task(c, task, now);
  });
  return use;
}

TokenUse SqlQuestions::unclear(const std::string& hash, const std::string& list, const std::string& detail,
                               std::int64_t now, const std::vector<Task>& tasks) {
  TokenUse use;
  database_.write(SqlMode::write, [&](SqlConnection& c) {
    use = {};
    auto token = token_by_hash(c, hash);
    if (!token || token->list != list || token->purpose == TokenPurpose::bounce) return;
    use.token = std::move(token);
    if (use.token->purpose == TokenPurpose::object) {
      use.outcome = use.token->used != 0        ? TokenUse::Outcome::used
                    : use.token->expires >= now ? TokenUse::Outcome::done
                                                : TokenUse::Outcome::expired;
    } else {
      use.question = question_by_id(c, use.token->question);
      // A review is answered as often as somebody has more to say.
      use.outcome = use.question && is_review(*use.question)
                        ? outcome_of_review(*use.token, *use.question, QuestionState::refused, true, now)
                        : outcome_of(*use.token, use.question, QuestionState::refused, now);
    }
    if (use.outcome != TokenUse::Outcome::done) return;
    insert_event(c, {.number = 0,
                     .decision_id = use.token->decision_id,
                     .at = now,
                     .kind = EventKind::unclear,
                     .who = use.token->contact,
                     .detail = detail});
    for (const Task& task : tasks) insert_task(c, task, now);
  });
  return use;
}

/// The token, and the one event that it is for.
TokenUse SqlQuestions::take_for_event(const std::string& hash, const std::string& list, TokenPurpose purpose,
                                      const LedgerEvent& event, const std::vector<Task>& tasks) {
  TokenUse use;
  database_.write(SqlMode::write, [&](SqlConnection& c) {
    use = take_token(c, hash, list, purpose, event.at);
    if (use.outcome != TokenUse::Outcome::done) return;
    LedgerEvent whole = event;
    whole.decision_id = use.token->decision_id;
    whole.who = use.token->contact;
    insert_event(c, whole);
    if (purpose == TokenPurpose::object) end_begun_by(c, use.token->decision_id, event.at);
    if (purpose == TokenPurpose::bounce) set_undelivered(c, use.token->question);
    for (const Task& task : tasks) insert_task(c, task, event.at);
  });
  return use;
}

TokenUse SqlQuestions::object(const std::string& hash, const std::string& list, const std::string& detail,
                              std::int64_t now, const std::vector<Task>& tasks) {
  return take_for_event(hash, list, TokenPurpose::object, {0, "", now, EventKind::objected, "", detail},
                        tasks);
}

TokenUse SqlQuestions::bounce(const std::string& hash, const std::string& list, const std::string& detail,
                              std::int64_t now, const std::vector<Task>& tasks) {
  return take_for_event(hash, list, TokenPurpose::bounce, {0, "", now, EventKind::bounced, "", detail},
                        tasks);
}

}  // namespace ccgate
