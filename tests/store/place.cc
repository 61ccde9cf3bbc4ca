#include "tests/store/place.h"

#include <unistd.h>

#include <atomic>
#include <filesystem>

#include "milter/store/sql_pq.h"
#include "milter/store/sql_sqlite.h"
#include "tests/support/catch.h"

namespace ccgate {

TemporaryFolder::TemporaryFolder() {
  path_ = (std::filesystem::temp_directory_path() / "ccgate-store-XXXXXX").string();
  REQUIRE(mkdtemp(path_.data()) != nullptr);
}
TemporaryFolder::~TemporaryFolder() {
  std::filesystem::remove_all(path_);
}

Place::Place() : path_(folder_.file("ccgate.db")), url_("sqlite:" + path_) {
  const std::string server = server_url();
  if (server.empty()) return;
  static std::atomic<int> number = 0;
  schema_ = "test" + std::to_string(++number);
  open_pq(server)->run("CREATE SCHEMA " + schema_);
  url_ = server + "&options=-csearch_path%3D" + schema_;
}

Place::~Place() {
  if (schema_.empty()) return;
  try {
    open_pq(server_url())->run("DROP SCHEMA " + schema_ + " CASCADE");
  } catch (const SqlError&) {
    // The server goes when the program ends.
  }
}

std::unique_ptr<Store> Place::open(StoreAccess access) const {
  return open_store(url_, access);
}

std::unique_ptr<Store> Place::open(StoreAccess access, std::span<const Migration> steps) const {
  return open_sql_store(source(access, steps));
}

SqlSource Place::source(StoreAccess access, std::span<const Migration> steps) const {
  return schema_.empty() ? sqlite_source(path_, access, {}, steps) : postgresql_source(url_, access, steps);
}

std::unique_ptr<SqlConnection> Place::connect() const {
  return schema_.empty() ? open_sqlite(path_, SqliteAccess::create, {}) : open_pq(url_);
}

LedgerEntry sample_entry(const std::string& id, std::int64_t decided) {
  LedgerEntry entry;
  entry.id = id;
  entry.decided = decided;
  entry.list = "tld-ops";
  entry.request = "subscribe";
  entry.cctlds = {"xa", "xn--p1ai"};
  entry.author = "anne@nic.example";
  entry.author_domain = "nic.example";
  entry.mail_from = "<>";
  entry.client = "192.0.2.1";
  entry.helo = "mx.nic.example";
  entry.recipients = {"\"a b\n\"@lists.example", "tld-ops-join@lists.example"};
  entry.message_id = "<" + id + "@nic.example>";
  entry.people = R"([{"name":"Änne","email":"anne@nic.example","phone":""}])";
  entry.evidence_digest = "00ff";
  entry.verdict = "accept";
  entry.ground = "contact_in_copy";
  entry.rule = "colleague's \"copy\" ? {text} ?1 $1";
  entry.policy_hash = "abcd";
  entry.reply = "250 2.0.0 ok [" + id + "]";
  entry.queue_id = "4XyZ";
  entry.request_key = "request-1";
  entry.explanation = R"({"facts":{}})";
  entry.observed = true;
  entry.keep_until = decided + 1000;
  return entry;
}

Task sample_task(const std::string& key, const std::string& decision_id, std::int64_t due) {
  Task task;
  task.key = key;
  task.decision_id = decision_id;
  task.list = "tld-ops";
  task.to = "hostmaster@nic.example";
  task.payload = "{}";
  task.due = due;
  task.expires = due + 500;
  return task;
}

Question sample_question(const std::string& id, const std::string& decision_id) {
  Question question;
  question.id = id;
  question.request_key = "request-1";
  question.decision_id = decision_id;
  question.list = "tld-ops";
  question.contact = "hostmaster@nic.example";
  question.cctlds = {"xa"};
  question.asked = 1000;
  question.expires = 2000;
  return question;
}

Token sample_token(const std::string& hash, TokenPurpose purpose, const std::string& decision_id) {
  Token token;
  token.hash = hash;
  token.purpose = purpose;
  token.decision_id = decision_id;
  token.contact = "hostmaster@nic.example";
  token.list = "tld-ops";
  token.expires = 3000;
  return token;
}

}  // namespace ccgate
