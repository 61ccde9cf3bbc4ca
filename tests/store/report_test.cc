#include <algorithm>

#include "tests/store/place.h"
#include "tests/store/sqlite_watch.h"
#include "tests/support/catch.h"

using namespace ccgate;

namespace {

using Ids = std::vector<std::string>;

LedgerEntry told(const std::string& id, std::int64_t decided, const std::string& verdict,
                 const std::string& domain = "nic.example", const std::string& cctld = "xa") {
  LedgerEntry entry = sample_entry(id, decided);
  entry.list = "tld-ops";
  entry.request = "subscribe";
  entry.cctlds = {cctld};
  entry.author = "anne@nic.example";
  entry.author_domain = domain;
  entry.verdict = verdict;
  entry.ground = "outsider";
  return entry;
}

void keep(Store& store, const LedgerEntry& entry) {
  (void)store.record({entry, {}, {}, {}, {}});
}

Ids ids(const std::vector<RequestSeen>& requests) {
  Ids all;
  for (const RequestSeen& request : requests) all.push_back(request.id);
  return all;
}

}  // namespace

TEST_CASE("what a domain asked for is found, whatever others asked for") {
  const Place place;
  const auto store = place.open();
  keep(*store, told("a1", 1000, "accept"));
  keep(*store, told("r1", 1001, "reject"));
  keep(*store, told("r2", 1002, "tempfail"));
  keep(*store, told("h1", 1003, "hold"));
  keep(*store, told("u1", 1004, "reject", ""));
  keep(*store, told("o1", 1005, "reject", "other.example"));
  LedgerEntry leave = told("l1", 1006, "reject");
  leave.request = "unsubscribe";
  keep(*store, leave);
  LedgerEntry elsewhere = told("e1", 1007, "reject");
  elsewhere.list = "other";
  keep(*store, elsewhere);
  const ReportSpan all{"tld-ops", 0, 2000};
  CHECK(ids(store->requests_of_domains(all, {"nic.example"}, 20)) == Ids{"h1", "a1", "r2", "r1"});
  CHECK(ids(store->requests_of_domains(all, {"nic.example"}, 1)) == Ids{"h1", "r2"});
  CHECK(ids(store->requests_of_domains({"tld-ops", 1001, 1002}, {"nic.example"}, 20)) == Ids{"r2", "r1"});
  CHECK(ids(store->requests_of_domains(all, {"other.example", "none.example", "nic.example"}, 1)) ==
        Ids{"o1", "h1", "r2"});
  CHECK(store->requests_of_domains(all, {}, 20).empty());
  CHECK(store->requests_of_domains(all, {""}, 20).empty());
  const RequestSeen first = store->requests_of_domains({"tld-ops", 1001, 1001}, {"nic.example"}, 20).at(0);
  const LedgerEntry entry = *store->find_entry("r1");
  CHECK(first == RequestSeen{"r1",
                             1001,
                             {"xa"},
                             "anne@nic.example",
                             "nic.example",
                             "reject",
                             "outsider",
                             entry.rule,
                             entry.request_key,
                             entry.observed});
}

TEST_CASE("the newest about a ccTLD") {
  const Place place;
  const auto store = place.open();
  keep(*store, told("x1", 1000, "reject", ""));
  keep(*store, told("x2", 1001, "accept"));
  keep(*store, told("y1", 1002, "reject", "", "xb"));
  LedgerEntry leave = told("x3", 1003, "reject");
  leave.request = "unsubscribe";
  keep(*store, leave);
  const ReportSpan all{"tld-ops", 0, 2000};
  CHECK(ids(store->requests_for_cctlds(all, {"xa", "xb"}, 50)) == Ids{"x2", "x1", "y1"});
  CHECK(ids(store->requests_for_cctlds(all, {"xa"}, 2)) == Ids{"x2"});
  CHECK(ids(store->requests_for_cctlds({"tld-ops", 0, 1000}, {"xa"}, 50)) == Ids{"x1"});
  CHECK(store->requests_for_cctlds({"other", 0, 2000}, {"xa"}, 50).empty());
}

TEST_CASE("what was done about ccTLDs, and what came back") {
  const Place place;
  const auto store = place.open();
  const auto done = [&](const std::string& id, std::int64_t at, const std::string& request,
                        const std::string& rule) {
    LedgerEntry entry = told(id, at, "", "", "xa");
    entry.request = request;
    entry.rule = rule;
    entry.ground = "";
    entry.recipients.clear();
    if (request == "invite") entry.recipients = {"hostmaster@nic.xa"};
    keep(*store, entry);
  };
  done("i1", 1000, "invite", "");
  done("n1", 1001, "note", "decline");
  done("v1", 1002, "review", "");
  done("s1", 1003, "subscribe", "");
  done("i2", 1004, "invite", "remind 1");
  store->add({{0, "i1", 1010, EventKind::bounced, "hostmaster@nic.xa", ""},
              {0, "i1", 1020, EventKind::bounced, "hostmaster@nic.xa", ""},
              {0, "i2", 1030, EventKind::expired, "hostmaster@nic.xa", ""},
              {0, "v1", 1020, EventKind::informed, "hostmaster@nic.xa", ""}},
             {});
  CHECK(store->outreach_steps({"tld-ops", 0, 2000}) ==
        std::vector<OutreachStep>{{"i1", 1000, "invite", "", {"xa"}, 1010, "hostmaster@nic.xa", 1},
                                  {"n1", 1001, "note", "decline", {"xa"}, 0, "", 2},
                                  {"v1", 1002, "review", "", {"xa"}, 0, "", 3},
                                  {"i2", 1004, "invite", "remind 1", {"xa"}, 1030, "hostmaster@nic.xa", 5}});
  CHECK(store->outreach_steps({"tld-ops", 1001, 1001}).size() == 1);
  CHECK(store->outreach_steps({"other", 0, 2000}).empty());
}

TEST_CASE("questions about requests") {
  const Place place;
  const auto store = place.open();
  Question question = sample_question("q1", "d1");
  question.request_key = "k1";
  (void)store->record({told("d1", 1000, "ask"), {}, {}, {question}, {}});
  const auto found = store->questions_about({"k0", "k1"});
  REQUIRE(found.size() == 1);
  CHECK(found[0].id == "q1");
  CHECK(store->questions_about({}).empty());
}

TEST_CASE("decisions are counted by verdict and ground") {
  const Place place;
  const auto store = place.open();
  for (int i = 0; i < 5; ++i) keep(*store, told("r" + std::to_string(i), 1000 + i, "reject"));
  keep(*store, told("a", 1001, "accept"));
  LedgerEntry elsewhere = told("e", 1001, "reject");
  elsewhere.list = "other";
  keep(*store, elsewhere);
  CHECK(store->count_decisions({"tld-ops", 1001, 1003}) ==
        std::vector<DecisionCount>{{"accept", "outsider", 1}, {"reject", "outsider", 3}});
  CHECK(store->count_decisions({"none", 0, 2000}).empty());
}

TEST_CASE("all that a report asks has an index", "[sqlite]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("ccgate.db");
  const SqliteWatch watch;
  const auto store = open_store("sqlite:" + path, StoreAccess::own);
  keep(*store, told("r1", 1000, "reject"));
  (void)watch.take();
  const ReportSpan span{"tld-ops", 0, 2000};
  (void)store->requests_of_domains(span, {"nic.example"}, 20);
  (void)store->requests_for_cctlds(span, {"xa"}, 50);
  (void)store->questions_about({"k"});
  (void)store->outreach_steps(span);
  (void)store->count_decisions(span);
  (void)store->newest_of("tld-ops", "repository", 2000);
  (void)store->declined_after("r1", "xa");
  std::string plans;
  int by_kind = 0;  // our own entries are few among all of a list
  for (const SqliteWatch::Statement& statement : watch.take())
    for (const std::string& line : query_plan(path, statement.sql)) {
      INFO(statement.sql);
      INFO(line);
      CHECK(line.substr(0, 4) != "SCAN");
      plans += line + "\n";
      if (statement.sql.find("request = 'subscribe'") == std::string::npos &&
          line.find("INDEX ledger_by_kind") != std::string::npos)
        ++by_kind;
    }
  CHECK(by_kind == 3);
  for (const char* index :
       {"INDEX ledger_counted", "INDEX ledger_refused", "COVERING INDEX ledger_summary"}) {
    INFO(plans);
    CHECK(plans.find(index) != std::string::npos);
  }
}
