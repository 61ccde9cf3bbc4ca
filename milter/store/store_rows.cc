#include "milter/store/store_rows.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ccgate {

namespace {

std::string json_of(const std::vector<std::string>& texts) {
  for (const std::string& text : texts) require_storable(text);
  return nlohmann::json(texts).dump();
}

template <class Enum>
Enum known(std::optional<Enum> value) {
  if (!value) throw SqlError(SqlFault::other, "a word in it is of no meaning to this program");
  return *value;
}

}  // namespace

std::int64_t bounded(std::int64_t number) noexcept {
  return std::clamp<std::int64_t>(number, 0, INT64_MAX / 2);
}
std::int64_t bounded(std::size_t number) noexcept {
  return static_cast<std::int64_t>(std::min<std::size_t>(number, INT64_MAX / 2));
}

std::vector<std::string> texts_of(const std::string& json) {
  const nlohmann::json list = nlohmann::json::parse(json, nullptr, false);
  std::vector<std::string> texts;
  for (const auto& element : list) {
    const auto* text = element.get_ptr<const std::string*>();
    if (!text) throw SqlError(SqlFault::other, "a list in it is damaged");
    texts.push_back(*text);
  }
  if (!list.is_array()) throw SqlError(SqlFault::other, "a list in it is damaged");
  return texts;
}

std::string joined(std::initializer_list<std::string_view> parts) {
  std::string all;
  for (const std::string_view part : parts) all += part;
  return all;
}

LedgerEntry entry_of(const SqlRow& row) {
  LedgerEntry entry;
  entry.id = row.text(1);
  entry.decided = row.integer(2);
  entry.list = row.text(3);
  entry.request = row.text(4);
  entry.cctlds = texts_of(row.text(5));
  entry.author = row.text(6);
  entry.author_domain = row.text(7);
  entry.mail_from = row.text(8);
  entry.client = row.text(9);
  entry.helo = row.text(10);
  entry.recipients = texts_of(row.text(11));
  entry.message_id = row.text(12);
  entry.people = row.text(13);
  entry.evidence_digest = row.text(14);
  entry.verdict = row.text(15);
  entry.ground = row.text(16);
  entry.rule = row.text(17);
  entry.policy_hash = row.text(18);
  entry.reply = row.text(19);
  entry.queue_id = row.text(20);
  entry.request_key = row.text(21);
  entry.explanation = row.text(22);
  entry.observed = row.integer(23) != 0;
  entry.keep_until = row.integer(24);
  return entry;
}

LedgerEvent event_of(const SqlRow& row) {
  return {.number = row.integer(0),
          .decision_id = row.text(1),
          .at = row.integer(2),
          .kind = known(parse_word<EventKind>(row.text(3))),
          .who = row.text(4),
          .detail = row.text(5),
          .times = row.integer(6),
          .latest = row.integer(7)};
}

Question question_of(const SqlRow& row) {
  return {.id = row.text(0),
          .request_key = row.text(1),
          .decision_id = row.text(2),
          .list = row.text(3),
          .contact = row.text(4),
          .cctlds = texts_of(row.text(5)),
          .asked = row.integer(6),
          .expires = row.integer(7),
          .state = known(parse_word<QuestionState>(row.text(8))),
          .answered = row.integer(9),
          .let_in = row.integer(10),
          .asked_as =
              row.text(11).empty() ? std::nullopt : std::optional(known(parse_word<Voucher>(row.text(11))))};
}

Token token_of(const SqlRow& row) {
  return {.hash = row.text(0),
          .purpose = known(parse_token_purpose(row.text(1))),
          .decision_id = row.text(2),
          .question = row.text(3),
          .contact = row.text(4),
          .list = row.text(5),
          .expires = row.integer(6),
          .used = row.integer(7)};
}

Task task_of(const SqlRow& row) {
  return {.number = row.integer(0),
          .key = row.text(1),
          .kind = known(parse_word<TaskKind>(row.text(2))),
          .decision_id = row.text(3),
          .list = row.text(4),
          .to = row.text(5),
          .question = row.text(6),
          .payload = row.text(7),
          .due = row.integer(8),
          .expires = row.integer(9),
          .attempts = row.integer(10),
          .last_error = row.text(11)};
}

std::optional<LedgerEntry> first_entry(const SqlRows& rows) {
  return rows.empty() ? std::nullopt : std::optional(entry_of(rows.front()));
}

std::optional<LedgerEntry> entry_by_id(SqlConnection& c, const std::string& id) {
  return first_entry(c.run(joined({"SELECT ", kEntryColumns, " FROM ledger WHERE id = ?1"}), {id}));
}

std::vector<Question> questions_in(const SqlRows& rows) {
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

std::int64_t insert_entry(SqlConnection& connection, const LedgerEntry& e) {
  const SqlRows rows = connection.run(
      "INSERT INTO ledger (id, decided, list, request, cctlds, author, author_domain, mail_from, client, "
      "helo,"
      " recipients, message_id, people, evidence_digest, verdict, ground, rule, policy_hash, reply, queue_id,"
      " request_key, explanation, observed, keep_until) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,"
      " ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24)"
      " ON CONFLICT (id) DO NOTHING RETURNING number",
      {e.id,
       e.decided,
       e.list,
       e.request,
       json_of(e.cctlds),
       e.author,
       e.author_domain,
       e.mail_from,
       e.client,
       e.helo,
       json_of(e.recipients),
       e.message_id,
       e.people,
       e.evidence_digest,
       e.verdict,
       e.ground,
       e.rule,
       e.policy_hash,
       e.reply,
       e.queue_id,
       e.request_key,
       e.explanation,
       std::int64_t{e.observed},
       e.keep_until});
  return rows.empty() ? 0 : rows.front().integer(0);
}

void insert_cctld(SqlConnection& connection, const std::string& cctld, const LedgerEntry& e,
                  std::int64_t number) {
  const bool counted =
      !e.author_domain.empty() && (e.verdict == "accept" || e.verdict == "ask" || e.verdict == "hold");
  connection.run(
      "INSERT INTO ledger_cctlds (cctld, list, decided, entry, verdict, request, counted)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
      {cctld, e.list, e.decided, number, e.verdict, e.request, std::int64_t{counted}});
}

void insert_event(SqlConnection& connection, const LedgerEvent& event) {
  if (event.kind == EventKind::repeated) {
    connection.run(
        "INSERT INTO events (decision_id, at, kind, who, detail)"
        " SELECT id, ?2, 'repeated', ?3, ?4 FROM ledger WHERE id = ?1"
        " ON CONFLICT (decision_id) WHERE kind = 'repeated' DO UPDATE SET times = events.times + 1,"
        " latest = excluded.at, detail = excluded.detail",
        {event.decision_id, event.at, event.who, event.detail});
    return;
  }
  // Whoever has a token may write as often as they like. Two at the same moment may be two events.
  if (event.kind == EventKind::unclear &&
      !connection
           .run("UPDATE events SET times = times + 1, latest = ?2, detail = ?4 WHERE decision_id = ?1"
                " AND kind = 'unclear' AND who = ?3 RETURNING number",
                {event.decision_id, event.at, event.who, event.detail})
           .empty())
    return;
  connection.run(
      "INSERT INTO events (decision_id, at, kind, who, detail)"
      " SELECT id, ?2, ?3, ?4, ?5 FROM ledger WHERE id = ?1",
      {event.decision_id, event.at, to_string(event.kind), event.who, event.detail});
  if (event.kind == EventKind::objected)
    connection.run(
        "INSERT INTO objections (request_key, at, entry) SELECT request_key, ?2, number FROM ledger"
        " WHERE id = ?1 ON CONFLICT (request_key, at, entry) DO NOTHING",
        {event.decision_id, event.at});
}

std::int64_t count_up(SqlConnection& connection, std::string_view what, std::string_view key,
                      std::int64_t bucket) {
  return connection
      .run(
          "INSERT INTO counts (what, key, bucket, n) VALUES (?1, ?2, ?3, 1)"
          " ON CONFLICT (what, key, bucket) DO UPDATE SET n = counts.n + 1 RETURNING n",
          {what, key, bucket})
      .at(0)
      .integer(0);
}

void insert_question(SqlConnection& connection, const Question& question) {
  connection.run(
      "INSERT INTO questions (id, request_key, decision_id, list, contact, cctlds, asked, expires, state,"
      " answered, let_in, asked_as) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
      {question.id, question.request_key, question.decision_id, question.list, question.contact,
       json_of(question.cctlds), question.asked, question.expires, to_string(question.state),
       question.answered, question.let_in,
       question.asked_as ? to_string(*question.asked_as) : std::string_view()});
}

void set_undelivered(SqlConnection& connection, const std::string& question) {
  connection.run("UPDATE questions SET state = 'undelivered' WHERE id = ?1 AND state = 'open'", {question});
}

void insert_task(SqlConnection& connection, const Task& task, std::int64_t added) {
  connection.run(
      "INSERT INTO tasks (key, kind, decision_id, list, recipient, question, payload, added, due, expires,"
      " attempts, last_error, worker, leased, done)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, '', 0, 0) ON CONFLICT (key) DO NOTHING",
      {task.key, to_string(task.kind), task.decision_id, task.list, task.to, task.question, task.payload,
       added, task.due, task.expires, task.attempts, task.last_error});
}

}  // namespace ccgate
