#include "milter/store/migrations.h"

#include <fmt/core.h>

namespace ccgate {

namespace {

/// 0: there is nothing of ccgate in it.
std::size_t version_of(SqlConnection& connection) {
  if (!connection.has_table("schema_version")) return 0;
  const SqlRows rows = connection.run("SELECT version FROM schema_version");
  return rows.empty() ? 0 : static_cast<std::size_t>(rows.front().integer(0));
}

void refuse_newer(std::size_t version, std::size_t known) {
  if (version > known)
    throw SqlError(SqlFault::other, "was written by a newer ccgate: its schema is version " +
                                        std::to_string(version) + ", this program knows " +
                                        std::to_string(known));
}

const Migration& first_tables() {
  static const Migration step{
      // Lists of texts are JSON arrays. Times are seconds since 1970.
      "CREATE TABLE ledger (number {serial}, id {text} NOT NULL UNIQUE, decided BIGINT NOT NULL,"
      " list {text} NOT NULL, request {text} NOT NULL, cctlds {text} NOT NULL, author {text} NOT NULL,"
      " author_domain {text} NOT NULL, mail_from {text} NOT NULL, client {text} NOT NULL, helo {text} NOT "
      "NULL,"
      " recipients {text} NOT NULL, message_id {text} NOT NULL, people {text} NOT NULL,"
      " evidence_digest {text} NOT NULL, verdict {text} NOT NULL, ground {text} NOT NULL, rule {text} NOT "
      "NULL,"
      " policy_hash {text} NOT NULL, reply {text} NOT NULL, queue_id {text} NOT NULL,"
      " request_key {text} NOT NULL, explanation {text} NOT NULL, observed BIGINT NOT NULL,"
      " keep_until BIGINT NOT NULL)",
      "CREATE INDEX ledger_by_author_domain ON ledger (list, author_domain, decided)",
      "CREATE INDEX ledger_by_author ON ledger (author, number)",
      "CREATE INDEX ledger_by_time ON ledger (decided)",
      "CREATE INDEX ledger_by_request ON ledger (request_key)",
      "CREATE INDEX ledger_by_end ON ledger (keep_until)",
      // Each ccTLD of an entry.
      "CREATE TABLE ledger_cctlds (cctld {text} NOT NULL, list {text} NOT NULL, decided BIGINT NOT NULL,"
      " entry BIGINT NOT NULL, PRIMARY KEY (cctld, list, decided, entry))",
      "CREATE INDEX ledger_cctlds_by_entry ON ledger_cctlds (entry)",
      // By what a message is known again; none of an entry that was tempfailed.
      "CREATE TABLE replay_keys (replay_key {text} NOT NULL, list {text} NOT NULL, decided BIGINT NOT NULL,"
      " entry BIGINT NOT NULL, PRIMARY KEY (replay_key, list, decided, entry))",
      "CREATE INDEX replay_keys_by_entry ON replay_keys (entry)",
      "CREATE TABLE events (number {serial}, decision_id {text} NOT NULL, at BIGINT NOT NULL,"
      " kind {text} NOT NULL, who {text} NOT NULL, detail {text} NOT NULL)",
      "CREATE INDEX events_by_decision ON events (decision_id)",
      "CREATE INDEX events_digested ON events (detail) WHERE kind = 'digested'",
      "CREATE TABLE questions (number {serial}, id {text} NOT NULL UNIQUE, request_key {text} NOT NULL,"
      " decision_id {text} NOT NULL, list {text} NOT NULL, contact {text} NOT NULL, cctlds {text} NOT NULL,"
      " asked BIGINT NOT NULL, expires BIGINT NOT NULL, state {text} NOT NULL, answered BIGINT NOT NULL)",
      "CREATE INDEX questions_by_request ON questions (request_key)",
      "CREATE INDEX questions_by_decision ON questions (decision_id)",
      "CREATE INDEX questions_open ON questions (expires) WHERE state = 'open'",
      "CREATE TABLE tokens (hash {text} PRIMARY KEY, purpose {text} NOT NULL, decision_id {text} NOT NULL,"
      " question {text} NOT NULL, contact {text} NOT NULL, list {text} NOT NULL, added BIGINT NOT NULL,"
      " expires BIGINT NOT NULL, used BIGINT NOT NULL)",
      "CREATE INDEX tokens_by_decision ON tokens (decision_id)",
      // done: when; 0: not yet. A task is at work for `worker` until `leased`.
      "CREATE TABLE tasks (number {serial}, key {text} NOT NULL UNIQUE, kind {text} NOT NULL,"
      " decision_id {text} NOT NULL, list {text} NOT NULL, recipient {text} NOT NULL, question {text} NOT "
      "NULL,"
      " payload {text} NOT NULL, added BIGINT NOT NULL, due BIGINT NOT NULL, expires BIGINT NOT NULL,"
      " attempts BIGINT NOT NULL, last_error {text} NOT NULL, worker {text} NOT NULL, leased BIGINT NOT NULL,"
      " done BIGINT NOT NULL)",
      "CREATE INDEX tasks_open ON tasks (due, number) WHERE done = 0",
      "CREATE INDEX tasks_by_recipient ON tasks (recipient, added)",
      "CREATE INDEX tasks_by_decision ON tasks (decision_id)",
  };
  return step;
}

/// What is counted in the transaction that records, and what a contact can take back.
const Migration& budgets_and_approvals() {
  static const Migration step{
      // Each use of a budget, numbered by key without a gap: so two rows tell how many there are between.
      "CREATE TABLE spent (budget {text} NOT NULL, number BIGINT NOT NULL, at BIGINT NOT NULL,"
      " PRIMARY KEY (budget, number))",
      "CREATE INDEX spent_by_time ON spent (budget, at, number)",
      "CREATE INDEX spent_at ON spent (at)",
      "DROP INDEX tasks_by_recipient",
      "ALTER TABLE questions ADD COLUMN let_in BIGINT NOT NULL DEFAULT 0",
      "UPDATE questions SET let_in = answered WHERE state = 'confirmed' AND EXISTS (SELECT 1 FROM ledger"
      " WHERE ledger.request_key = questions.request_key AND ledger.verdict = 'accept'"
      " AND ledger.observed = 0 AND ledger.decided >= questions.answered)",
      // The code that such a question was mailed with only refuses from now on: it is to be asked anew.
      "UPDATE questions SET state = 'undelivered' WHERE state = 'open'"
      " AND id IN (SELECT question FROM tokens WHERE purpose = 'answer')",
      // No notice of an acceptance waits for the end of the day any more.
      "UPDATE tasks SET due = added WHERE kind = 'digest' AND done = 0",
  };
  return step;
}

/// So that what a decision asks, and what people filter by, is found at once however much is kept.
const Migration& indexes_and_counts() {
  static const Migration step{
      // Decisions that count against `flood`; see DecisionStore::count_by_author_domain.
      "DROP INDEX ledger_by_author_domain",
      "CREATE INDEX ledger_counted ON ledger (list, author_domain, decided)"
      " WHERE author_domain <> '' AND verdict IN ('accept', 'ask', 'hold')",
      "ALTER TABLE ledger_cctlds ADD COLUMN verdict {text} NOT NULL DEFAULT ''",
      "ALTER TABLE ledger_cctlds ADD COLUMN request {text} NOT NULL DEFAULT ''",
      "ALTER TABLE ledger_cctlds ADD COLUMN counted BIGINT NOT NULL DEFAULT 0",
      "UPDATE ledger_cctlds SET verdict = (SELECT verdict FROM ledger WHERE number = entry),"
      " request = (SELECT request FROM ledger WHERE number = entry),"
      " counted = (SELECT CASE WHEN author_domain <> '' AND verdict IN ('accept', 'ask', 'hold')"
      " THEN 1 ELSE 0 END FROM ledger WHERE number = entry)"
      " WHERE entry IN (SELECT number FROM ledger)",
      "CREATE INDEX ledger_cctlds_counted ON ledger_cctlds (list, cctld, decided) WHERE counted = 1",
      // Filters: in the order of the numbers, with all that the other filters look at.
      "CREATE INDEX ledger_cctlds_filter ON ledger_cctlds (cctld, entry, list, verdict, request, decided)",
      "DROP INDEX ledger_by_author",
      "CREATE INDEX ledger_by_author ON ledger (author, number, list, verdict, request, decided)",
      "CREATE INDEX ledger_by_list ON ledger (list, number, verdict, request, decided)",
      "CREATE INDEX ledger_by_verdict ON ledger (verdict, number, list, request, decided)",
      "CREATE INDEX ledger_by_kind ON ledger (request, number, list, verdict, decided)",
      "DROP INDEX ledger_by_time",
      "CREATE INDEX ledger_by_time ON ledger (decided, number)",
      // What comes again is one row: how often, and when last (0: once).
      "ALTER TABLE events ADD COLUMN times BIGINT NOT NULL DEFAULT 1",
      "ALTER TABLE events ADD COLUMN latest BIGINT NOT NULL DEFAULT 0",
      "UPDATE events SET times = (SELECT count(*) FROM events AS e WHERE e.decision_id = events.decision_id"
      " AND e.kind = 'repeated'), latest = (SELECT max(at) FROM events AS e"
      " WHERE e.decision_id = events.decision_id AND e.kind = 'repeated') WHERE kind = 'repeated'"
      " AND number IN (SELECT min(number) FROM events WHERE kind = 'repeated' GROUP BY decision_id"
      " HAVING count(*) > 1)",
      "DELETE FROM events WHERE kind = 'repeated' AND EXISTS (SELECT 1 FROM events AS e"
      " WHERE e.decision_id = events.decision_id AND e.kind = 'repeated' AND e.number < events.number)",
      "CREATE UNIQUE INDEX events_repeated ON events (decision_id) WHERE kind = 'repeated'",
      // When a contact objected to a request.
      "CREATE TABLE objections (request_key {text} NOT NULL, at BIGINT NOT NULL, entry BIGINT NOT NULL,"
      " PRIMARY KEY (request_key, at, entry))",
      "CREATE INDEX objections_by_entry ON objections (entry)",
      "INSERT INTO objections (request_key, at, entry) SELECT DISTINCT l.request_key, e.at, l.number"
      " FROM events AS e JOIN ledger AS l ON l.id = e.decision_id WHERE e.kind = 'objected'",
      "DROP INDEX ledger_by_request",
      // How often something was, of one kind, in a span of time that begins at `bucket`.
      "CREATE TABLE counts (what {text} NOT NULL, key {text} NOT NULL, bucket BIGINT NOT NULL,"
      " n BIGINT NOT NULL, PRIMARY KEY (what, key, bucket))",
      "CREATE INDEX counts_by_bucket ON counts (bucket)",
  };
  return step;
}

/// What was verified about messages whose requests wait for an answer.
const Migration& first_evidence() {
  static const Migration step{
      "CREATE TABLE first_evidence (key {text} NOT NULL, request_key {text} NOT NULL, evidence {text} NOT "
      "NULL,"
      " decision_id {text} NOT NULL, keep_until BIGINT NOT NULL, PRIMARY KEY (key, request_key))",
      "CREATE INDEX first_evidence_by_decision ON first_evidence (decision_id)",
      "CREATE INDEX first_evidence_by_end ON first_evidence (keep_until)",
  };
  return step;
}

/// Who is on a list. What a row begins and ends is in member_records.h.
const Migration& members_of_lists() {
  static const Migration step{
      "CREATE TABLE members (number {serial}, list {text} NOT NULL, cctld {text} NOT NULL,"
      " address {text} NOT NULL, email {text} NOT NULL, name {text} NOT NULL, phone {text} NOT NULL,"
      " other_email {text} NOT NULL, since BIGINT NOT NULL, began_by {text} NOT NULL, checked BIGINT NOT "
      "NULL,"
      " voucher {text} NOT NULL, seen BIGINT NOT NULL, bouncing BIGINT NOT NULL, ended BIGINT NOT NULL,"
      " ended_by {text} NOT NULL)",
      "CREATE UNIQUE INDEX members_now ON members (list, cctld, address) WHERE ended = 0",
      "CREATE INDEX members_by_address ON members (address)",
      "CREATE INDEX members_begun ON members (began_by) WHERE ended = 0",
      "CREATE INDEX members_ended ON members (list, ended) WHERE ended <> 0 AND address <> ''",
  };
  return step;
}

/// Several are asked about one request, members among them.
const Migration& several_asked() {
  static const Migration step{
      // Word of who it is; empty: the one contact.
      "ALTER TABLE questions ADD COLUMN asked_as {text} NOT NULL DEFAULT ''",
      "CREATE INDEX members_by_since ON members (cctld, list, since, number) WHERE ended = 0",
  };
  return step;
}

/// What a report counts, and what it looks for, beside what ledger_counted has: refusals of whoever is known.
const Migration& indexes_for_reports() {
  static const Migration step{
      "CREATE INDEX ledger_summary ON ledger (list, decided, verdict, ground)",
      "CREATE INDEX ledger_refused ON ledger (list, author_domain, decided) WHERE author_domain <> ''"
      " AND request = 'subscribe' AND verdict NOT IN ('accept', 'ask', 'hold')",
  };
  return step;
}

}  // namespace

std::span<const Migration> migrations() {
  static const std::vector<Migration> steps{
      first_tables(),     budgets_and_approvals(), indexes_and_counts(), first_evidence(),
      members_of_lists(), several_asked(),         indexes_for_reports()};
  return steps;
}

void SchemaProgress::begin(std::size_t from, std::size_t to, std::size_t statements) noexcept {
  from_ = from;
  to_ = to;
  done_ = 0;
  statements_ = statements;
}

std::string SchemaProgress::text() const {
  const std::size_t statements = statements_;
  if (statements == 0) return "";
  return fmt::format("schema {} becomes {}: {} of {} statements are done", from_.load(), to_.load(),
                     done_.load(), statements);
}

void migrate(SqlConnection& connection, std::span<const Migration> steps, SchemaProgress& progress) {
  // Without a lock, and without the right to make tables, when there is nothing to do.
  const std::size_t before = version_of(connection);
  refuse_newer(before, steps.size());
  if (before == steps.size()) return;
  connection.begin(SqlMode::schema);
  try {
    connection.lock("schema");
    const std::size_t version = version_of(connection);
    refuse_newer(version, steps.size());
    if (version == 0) {
      connection.run("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)");
      connection.run("INSERT INTO schema_version (version) VALUES (0)");
    }
    const auto missing = steps.subspan(version);
    std::size_t statements = 0;
    for (const Migration& step : missing) statements += step.size();
    progress.begin(version, steps.size(), statements);
    for (const Migration& step : missing)
      for (const std::string_view sql : step) {
        connection.run(sql);
        progress.count();
      }
    connection.run("UPDATE schema_version SET version = ?1", {static_cast<std::int64_t>(steps.size())});
    connection.commit();
  } catch (...) {
    progress.end();
    connection.rollback();
    throw;
  }
  progress.end();
}

void require_current(SqlConnection& connection, std::span<const Migration> steps) {
  const std::size_t version = version_of(connection);
  refuse_newer(version, steps.size());
  if (version == 0) throw SqlError(SqlFault::other, "has no tables of ccgate: the daemon makes them");
  if (version < steps.size())
    throw SqlError(SqlFault::other, "was written by an older ccgate: its schema is version " +
                                        std::to_string(version) + ", this program reads " +
                                        std::to_string(steps.size()) + "; the daemon brings it up to date");
}

}  // namespace ccgate
