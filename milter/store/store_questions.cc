#include <algorithm>

#include "milter/store/store_rows.h"
#include "milter/store/store_sql.h"

namespace ccgate {

namespace {

std::vector<Question> questions(const SqlRows& rows) {
  std::vector<Question> all;
  for (const SqlRow& row : rows) all.push_back(question_of(row));
  return all;
}

std::optional<Question> question_by_id(SqlConnection& c, const std::string& id) {
  const SqlRows rows = c.run(joined({"SELECT ", kQuestionColumns, " FROM questions WHERE id = ?1"}), {id});
  return rows.empty() ? std::nullopt : std::optional(question_of(rows.front()));
}

std::optional<Token> token_by_hash(SqlConnection& c, const std::string& hash) {
  const SqlRows rows = c.run(joined({"SELECT ", kTokenColumns, " FROM tokens WHERE hash = ?1"}), {hash});
  return rows.empty() ? std::nullopt : std::optional(token_of(rows.front()));
}

/// Whether `token` may make its question `state` at `now`.
TokenUse::Outcome outcome_of(const Token& token, const std::optional<Question>& question, QuestionState state,
                             std::int64_t now) {
  using enum TokenUse::Outcome;
  if (question && question->state == QuestionState::confirmed && state == QuestionState::refused)
    return question->let_in != 0 ? let_in : done;
  if (token.used != 0) return used;
  const bool waits =
      question && (question->state == QuestionState::open || question->state == QuestionState::undelivered);
  return waits && token.expires >= now && question->expires >= now ? done : expired;
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

std::vector<Question> SqlStore::questions_of(const std::string& request_key) {
  return read([&](SqlConnection& c) {
    return questions(
        c.run(joined({"SELECT ", kQuestionColumns,
                      " FROM questions WHERE request_key = ?1 ORDER BY asked DESC, number DESC"}),
              {request_key}));
  });
}

std::vector<Question> SqlStore::questions_by_decision(const std::string& decision_id) {
  return read([&](SqlConnection& c) {
    return questions(
        c.run(joined({"SELECT ", kQuestionColumns, " FROM questions WHERE decision_id = ?1 ORDER BY number"}),
              {decision_id}));
  });
}

std::optional<Question> SqlStore::find_question(const std::string& id) {
  return read([&](SqlConnection& c) { return question_by_id(c, id); });
}

std::vector<Question> SqlStore::expire_questions(std::int64_t now) {
  std::vector<Question> expired;
  write(SqlMode::write, [&](SqlConnection& c) {
    expired = questions(
        c.run(joined({"WITH chosen AS MATERIALIZED (SELECT number FROM questions WHERE state = 'open'"
                      " AND expires < ?1 ORDER BY number {skip_locked})"
                      " UPDATE questions SET state = 'expired' WHERE number IN (SELECT number FROM chosen)"
                      " RETURNING ",
                      kQuestionColumns}),
              {now}));
    for (const Question& question : expired)
      insert_event(c, {.number = 0,
                       .decision_id = question.decision_id,
                       .at = now,
                       .kind = EventKind::expired,
                       .who = question.contact,
                       .detail = "question"});
  });
  return expired;
}

void SqlStore::add_token(const Token& token, std::int64_t now) {
  write(SqlMode::write, [&](SqlConnection& c) {
    const SqlRows added = c.run(
        "INSERT INTO tokens (hash, purpose, decision_id, question, contact, list, added, expires, used)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (hash) DO NOTHING RETURNING hash",
        {token.hash, to_string(token.purpose), token.decision_id, token.question, token.contact, token.list,
         now, token.expires, token.used});
    if (added.empty() && token_by_hash(c, token.hash) != token) fail("another token of this hash is there");
  });
}

std::optional<Token> SqlStore::find_token(const std::string& hash) {
  return read([&](SqlConnection& c) { return token_by_hash(c, hash); });
}

TokenUse SqlStore::answer(const std::string& hash, const std::string& list, QuestionState state,
                          const std::string& detail, std::int64_t now, const std::vector<Task>& tasks) {
  if (state != QuestionState::confirmed && state != QuestionState::refused)
    fail("a question is answered with yes or no");
  TokenUse use;
  write(SqlMode::write, [&](SqlConnection& c) {
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

/// The token, and the one event that it is for.
TokenUse SqlStore::take_for_event(const std::string& hash, const std::string& list, TokenPurpose purpose,
                                  const LedgerEvent& event, const std::vector<Task>& tasks) {
  TokenUse use;
  write(SqlMode::write, [&](SqlConnection& c) {
    use = take_token(c, hash, list, purpose, event.at);
    if (use.outcome != TokenUse::Outcome::done) return;
    LedgerEvent whole = event;
    whole.decision_id = use.token->decision_id;
    whole.who = use.token->contact;
    insert_event(c, whole);
    if (purpose == TokenPurpose::bounce) set_undelivered(c, use.token->question);
    for (const Task& task : tasks) insert_task(c, task, event.at);
  });
  return use;
}

TokenUse SqlStore::object(const std::string& hash, const std::string& list, const std::string& detail,
                          std::int64_t now, const std::vector<Task>& tasks) {
  return take_for_event(hash, list, TokenPurpose::object, {0, "", now, EventKind::objected, "", detail},
                        tasks);
}

TokenUse SqlStore::bounce(const std::string& hash, const std::string& list, const std::string& detail,
                          std::int64_t now, const std::vector<Task>& tasks) {
  return take_for_event(hash, list, TokenPurpose::bounce, {0, "", now, EventKind::bounced, "", detail},
                        tasks);
}

}  // namespace ccgate
