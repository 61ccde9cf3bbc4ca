// tests/report/main_report_fill.cc: fills a store. `ccgate_report_fill URL` with the decisions that standard
// input has, one JSON object a line: members of LedgerEntry, and `question` (a state) for one question about
// it; or `member`, a ccTLD, with name, email, phone and since. `ccgate_report_fill URL MEMBERS DECISIONS` a
// new SQLite file with so many, the same each time, over four hundred days that end at 2030-01-15.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "milter/iana/cctld_list.h"
#include "milter/store/open_store.h"
#include "milter/store/sql_sqlite.h"
#include "milter/system/timestamp.h"
#include "policy/text/durations.h"

namespace ccgate {
namespace {

using Json = nlohmann::json;

constexpr std::int64_t kFirst = 1859673600, kLast = 1894708800;  // 2028-12-06, 2030-01-15T12:00:00Z

LedgerEntry entry_told(const Json& json) {
  const auto text = [&](const char* key, const char* otherwise = "") { return json.value(key, otherwise); };
  LedgerEntry entry;
  entry.id = text("id");
  entry.decided = *parse_timestamp(text("decided"));
  entry.list = text("list", "tld-ops");
  entry.request = text("request", "subscribe");
  entry.cctlds = json.value("cctlds", std::vector<std::string>{});
  entry.author = text("author");
  entry.author_domain = text("author_domain");
  entry.verdict = text("verdict");
  entry.ground = text("ground");
  entry.rule = text("rule");
  entry.request_key = text("request_key");
  entry.observed = json.value("observed", false);
  entry.keep_until = entry.decided + 400 * kDaySeconds;
  return entry;
}

/// Whatever its name is.
Member member_told(const Json& json) {
  Member member;
  member.list = "tld-ops";
  member.cctld = json.value("member", "");
  member.address = member.email = json.value("email", "");
  member.name = json.value("name", "");
  member.phone = json.value("phone", "");
  member.since = *parse_timestamp(json.value("since", ""));
  member.began_by = "import";
  return member;
}

void fill_with(Store& store, std::istream& in) {
  for (std::string line; std::getline(in, line);) {
    const Json json = Json::parse(line);
    if (json.contains("member")) {
      (void)store.change_members({.ended = {}, .begun = {member_told(json)}, .checked = {}});
      continue;
    }
    DecisionRecord record;
    record.entry = entry_told(json);
    if (json.contains("question")) {
      Question question;
      question.id = "q-" + record.entry.id;
      question.request_key = record.entry.request_key;
      question.decision_id = record.entry.id;
      question.list = record.entry.list;
      question.contact = json.value("contact", "");
      question.cctlds = record.entry.cctlds;
      question.asked = record.entry.decided;
      question.expires = question.asked + 7 * kDaySeconds;
      question.state = *parse_word<QuestionState>(json.value("question", ""));
      record.questions.push_back(std::move(question));
    }
    if (json.contains("bounced"))
      record.events.push_back({0, record.entry.id, *parse_timestamp(json.value("bounced", "")),
                               EventKind::bounced, json.value("contact", ""), ""});
    (void)store.record(record);
  }
}

void add_members(SqlConnection& sql, std::int64_t count, const std::vector<std::string>& cctlds) {
  for (std::int64_t i = 0; i < count; ++i) {
    // Of two ccTLDs in three, and every third of them is a member no more.
    const std::string& cctld = cctlds[static_cast<std::size_t>(i) % (cctlds.size() * 2 / 3)];
    const std::int64_t since = kFirst - 10 * 365 * kDaySeconds + i * 3600;
    const std::string address = "p" + std::to_string(i) + "@" + cctld + ".registry.example";
    const std::string name = "Person Number " + std::to_string(i);
    sql.run(
        "INSERT INTO members (list, cctld, address, email, name, phone, other_email, since, began_by, "
        "checked,"
        " voucher, seen, bouncing, ended, ended_by) VALUES ('tld-ops', ?1, ?2, ?2, ?3, '+999 555 0100', '',"
        " ?4, 'import', ?4, '', 0, 0, ?5, ?6)",
        {cctld, address, name, since, i % 3 == 0 ? since + 1000 * kDaySeconds : 0,
         i % 3 == 0 ? "roster" : ""});
  }
}

/// With something of everything: what strangers wrote, what registries did, what was let in.
constexpr std::string_view kDecisions =
    "WITH RECURSIVE n(i) AS (SELECT ?1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2 - 1),"
    " told AS (SELECT i, i % 10 AS kind, label, CASE WHEN i % 10 < 3 THEN label || '.registry.example'"
    " ELSE 'd' || (i % 5000) || '.example' END AS domain FROM n JOIN labels ON number = (i * 7919) % ?3)"
    " INSERT INTO ledger (id, decided, list, request, cctlds, author, author_domain, mail_from, client, helo,"
    " recipients, message_id, people, evidence_digest, verdict, ground, rule, policy_hash, reply, queue_id,"
    " request_key, explanation, observed, keep_until) SELECT 'id' || i, ?4 + (?5 - ?4) * i / ?6, 'tld-ops',"
    " 'subscribe', '[\"' || label || '\"]', 'anne@' || domain, CASE WHEN kind < 6 THEN domain ELSE '' END,"
    " 'anne@' || domain, '192.0.2.25', 'mx.' || domain, '[\"tld-ops-join@lists.example\"]',"
    " '<id' || i || '@' || domain || '>', '[]', hex(zeroblob(32)),"
    " CASE kind WHEN 0 THEN 'accept' WHEN 1 THEN 'ask' ELSE 'reject' END,"
    " CASE WHEN kind = 0 THEN 'contact_in_copy' WHEN kind = 1 THEN 'contact_asked'"
    " WHEN kind = 2 THEN 'contact_not_in_copy' WHEN kind < 6 THEN 'outsider' ELSE 'not_authenticated' END,"
    " 'default', hex(zeroblob(32)), '550 5.7.2 write from an address of the registry', '4XyZ12',"
    " hex(zeroblob(26)) || (100000000000 + i), hex(zeroblob(750)), 0, ?5 + 34560000 FROM told";

void fill_many(const std::string& url, std::int64_t members, std::int64_t decisions) {
  constexpr std::int64_t kAtOnce = 100'000;
  (void)open_store(url, StoreAccess::own);
  const auto sql = open_sqlite(url.substr(url.find(':') + 1), SqliteAccess::write, {});
  const std::vector<std::string> cctlds = delegated_cctlds();
  sql->begin(SqlMode::write);
  add_members(*sql, members, cctlds);
  sql->run("CREATE TABLE labels (number INTEGER PRIMARY KEY, label TEXT)");
  for (std::size_t i = 0; i < cctlds.size(); ++i)
    sql->run("INSERT INTO labels VALUES (?1, ?2)", {static_cast<std::int64_t>(i), cctlds[i]});
  sql->commit();
  const auto count = static_cast<std::int64_t>(cctlds.size());
  for (std::int64_t first = 0; first < decisions; first += kAtOnce) {
    sql->begin(SqlMode::write);
    sql->run(kDecisions, {first, std::min(first + kAtOnce, decisions), count, kFirst, kLast, decisions});
    sql->commit();
  }
  sql->begin(SqlMode::write);
  sql->run(
      "INSERT INTO ledger_cctlds (cctld, list, decided, entry, verdict, request, counted)"
      " SELECT substr(cctlds, 3, length(cctlds) - 4), list, decided, number, verdict, request,"
      " author_domain <> '' AND verdict IN ('accept', 'ask', 'hold') FROM ledger");
  sql->run("DROP TABLE labels");
  sql->commit();
}

}  // namespace
}  // namespace ccgate

int main(int argc, char** argv) {
  if (argc != 2 && argc != 4) return 2;
  try {
    if (argc == 4)
      ccgate::fill_many(argv[1], std::atoll(argv[2]), std::atoll(argv[3]));
    else
      ccgate::fill_with(*ccgate::open_store(argv[1], ccgate::StoreAccess::own), std::cin);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 3;
  }
}
