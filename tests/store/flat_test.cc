// What a decision costs, and what people look up, stays the same however much is kept. Counted in steps of
// SQLite's machine, not by the clock.
#include <functional>

#include "tests/store/place.h"
#include "tests/store/sqlite_watch.h"
#include "tests/support/catch.h"

using namespace ccgate;

namespace {

constexpr int kMany = 20000;

struct Watched {
  SqliteWatch watch;
  TemporaryFolder folder;
  std::string path = folder.file("ccgate.db");
  std::unique_ptr<Store> store = open_store("sqlite:" + path, StoreAccess::own);

  std::int64_t steps(const std::function<void()>& work) const {
    (void)watch.take();
    work();
    return steps_of(watch.take());
  }
  /// So many refusals in the name of the same ccTLDs, author and request.
  void refuse_many() const {
    const auto sql = open_sqlite(path, SqliteAccess::write, {});
    sql->begin(SqlMode::write);
    sql->run(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)"
        " INSERT INTO ledger (id, decided, list, request, cctlds, author, author_domain, mail_from, client, "
        "helo,"
        " recipients, message_id, people, evidence_digest, verdict, ground, rule, policy_hash, reply, "
        "queue_id,"
        " request_key, explanation, observed, keep_until) SELECT 'many' || i, 1000, 'tld-ops', 'subscribe',"
        " '[\"xa\"]', 'anne@nic.example', 'nic.example', '', '', '', '[]', '', '', '', 'reject', '', '', '', "
        "'',"
        " '', 'request-1', '', 0, 2000 FROM n",
        {std::int64_t{kMany}});
    sql->run(
        "INSERT INTO ledger_cctlds (cctld, list, decided, entry, verdict, request) SELECT 'xa', list, "
        "decided,"
        " number, verdict, request FROM ledger WHERE id LIKE 'many%'");
    sql->run(
        "INSERT INTO replay_keys (replay_key, list, decided, entry) SELECT 'k1', list, decided, number"
        " FROM ledger WHERE id LIKE 'many%'");
    sql->commit();
  }
};

/// What a session asks and leaves.
void decide(Store& store, const std::string& id) {
  (void)store.seen_before("tld-ops", {"k1", "k2"}, 0);
  (void)store.count_by_author_domain("tld-ops", "nic.example", 0, 100);
  (void)store.count_by_cctld("tld-ops", "xa", 0, 100);
  (void)store.objected("request-1", 0);
  (void)store.questions_of("request-1");
  store.record({sample_entry(id), {"k1", "k2"}, {}, {}, {sample_task("t" + id, id)}, {{0, ""}}});
  store.add({{0, "first", 1500, EventKind::repeated, "", "4XyZ"}}, {});
}

LedgerFilter filtered(const std::function<void(LedgerFilter&)>& choose) {
  LedgerFilter filter;
  filter.limit = 20;
  choose(filter);
  return filter;
}

std::vector<LedgerFilter> filters() {
  std::vector<LedgerFilter> all{{}};
  const std::vector<std::function<void(LedgerFilter&)>> single{
      [](LedgerFilter& f) { f.list = "other"; },    [](LedgerFilter& f) { f.cctld = "xz"; },
      [](LedgerFilter& f) { f.verdict = "ask"; },   [](LedgerFilter& f) { f.author = "ben@nic.example"; },
      [](LedgerFilter& f) { f.request = "other"; }, [](LedgerFilter& f) { f.since = 5000; },
      [](LedgerFilter& f) { f.until = 500; },       [](LedgerFilter& f) { f.id_prefix = "none"; }};
  for (const auto& one : single) {
    all.push_back(filtered(one));
    for (const auto& other : single)
      all.push_back(filtered([&](LedgerFilter& f) {
        one(f);
        other(f);
      }));
  }
  const std::size_t count = all.size();
  for (std::size_t i = 0; i < count; ++i) {
    all.push_back(all[i]);
    all.back().after_row = kMany / 2;
  }
  return all;
}

}  // namespace

TEST_CASE("a decision costs the same whatever was refused, repeated and objected to before", "[sqlite]") {
  const Watched site;
  LedgerEntry first = sample_entry("first");
  site.store->record({first, {}, {}, {}, {}});
  decide(*site.store, "warm");
  const std::int64_t before = site.steps([&] { decide(*site.store, "before"); });
  site.refuse_many();
  for (int i = 0; i < 300; ++i)
    site.store->add({{0, "first", 1500 + i, EventKind::repeated, "", "4XyZ"}}, {});
  site.store->add({{0, "many1", 1500, EventKind::objected, "hostmaster@nic.example", ""}}, {});
  const std::int64_t after = site.steps([&] { decide(*site.store, "after"); });
  INFO(before << " steps before, " << after << " after");
  CHECK(before > 100);
  CHECK(after < before + before / 4);
}

TEST_CASE("a bounded count is no longer than its bound", "[sqlite]") {
  const Watched site;
  site.refuse_many();
  const auto sql = open_sqlite(site.path, SqliteAccess::write, {});
  sql->run("UPDATE ledger SET verdict = 'accept'");
  sql->run("UPDATE ledger_cctlds SET verdict = 'accept', counted = 1");
  CHECK(site.store->count_by_author_domain("tld-ops", "nic.example", 0, 7) == 7);
  CHECK(site.store->count_by_cctld("tld-ops", "xa", 0, 7) == 7);
  CHECK(site.steps([&] { (void)site.store->count_by_author_domain("tld-ops", "nic.example", 0, 7); }) < 200);
  CHECK(site.steps([&] { (void)site.store->count_by_cctld("tld-ops", "xa", 0, 7); }) < 200);
}

TEST_CASE("of many members no more are looked at than can be asked", "[sqlite]") {
  const Watched site;
  site.refuse_many();
  const auto sql = open_sqlite(site.path, SqliteAccess::write, {});
  sql->run(
      "INSERT INTO members (list, cctld, address, email, name, phone, other_email, since, began_by, checked,"
      " voucher, seen, bouncing, ended, ended_by) SELECT 'tld-ops', 'xa', id, id, '', '', '', 900000 - "
      "number,"
      " '', 0, '', 0, 0, 0, '' FROM ledger WHERE id LIKE 'many%'");
  CHECK(site.store->vouchers_of("tld-ops", "xa", 7).at(0).email == "many" + std::to_string(kMany));
  CHECK(site.steps([&] { (void)site.store->vouchers_of("tld-ops", "xa", 7); }) < 300);
}

TEST_CASE("every filter of the ledger has an index", "[sqlite]") {
  const Watched site;
  site.refuse_many();
  site.store->record({sample_entry("first"), {}, {}, {}, {}});
  for (const LedgerFilter& filter : filters()) {
    (void)site.watch.take();
    (void)site.store->entries(filter);
    const auto statements = site.watch.take();
    const SqliteWatch::Statement* asked = nullptr;
    for (const SqliteWatch::Statement& statement : statements)
      if (statement.sql.find("explanation") != std::string::npos) asked = &statement;
    REQUIRE(asked != nullptr);
    INFO(asked->sql << "\n" << asked->steps << " steps");
    bool ledger_read = false;
    for (const std::string& line : query_plan(site.path, asked->sql)) {
      INFO(line);
      CHECK(line.substr(0, 4) != "SCAN");
      ledger_read = ledger_read || line.find("SEARCH ledger USING INTEGER PRIMARY KEY (rowid=?)") == 0;
    }
    CHECK(ledger_read);  // the entries themselves by their numbers only
  }
}

TEST_CASE("what is rare is found without a look at what is not", "[sqlite]") {
  const Watched site;
  site.refuse_many();
  for (const LedgerFilter& filter :
       {filtered([](LedgerFilter& f) { f.verdict = "ask"; }),
        filtered([](LedgerFilter& f) { f.list = "other"; }),
        filtered([](LedgerFilter& f) { f.request = "other"; }),
        filtered([](LedgerFilter& f) { f.cctld = "xz"; }),
        filtered([](LedgerFilter& f) { f.author = "ben@nic.example"; }),
        filtered([](LedgerFilter& f) { f.since = 5000; }), filtered([](LedgerFilter& f) { f.until = 500; }),
        filtered([](LedgerFilter& f) { f.id_prefix = "none"; })}) {
    CHECK(site.steps([&] { CHECK(site.store->entries(filter).empty()); }) < 500);
    LedgerFilter following = filter;
    following.after_row = 1;
    if (!filter.since && !filter.until)
      CHECK(site.steps([&] { CHECK(site.store->entries(following).empty()); }) < 500);
  }
}
