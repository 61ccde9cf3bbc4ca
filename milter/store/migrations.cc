#include "milter/store/migrations.h"

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

}  // namespace

std::span<const Migration> migrations() {
  static const std::vector<Migration> steps{{
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
  }};
  return steps;
}

void migrate(SqlConnection& connection, std::span<const Migration> steps) {
  // Without a lock, and without the right to make tables, when there is nothing to do.
  const std::size_t before = version_of(connection);
  refuse_newer(before, steps.size());
  if (before == steps.size()) return;
  connection.begin(SqlMode::write);
  try {
    connection.lock("schema");
    const std::size_t version = version_of(connection);
    refuse_newer(version, steps.size());
    if (version == 0) {
      connection.run("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)");
      connection.run("INSERT INTO schema_version (version) VALUES (0)");
    }
    for (const Migration& step : steps.subspan(version))
      for (const std::string_view sql : step) connection.run(sql);
    connection.run("UPDATE schema_version SET version = ?1", {static_cast<std::int64_t>(steps.size())});
    connection.commit();
  } catch (...) {
    connection.rollback();
    throw;
  }
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
