#include "milter/ledger/recorder.h"

#include "tests/support/catch.h"
#include "tests/support/notice_site.h"

namespace ccgate {
namespace {

using namespace test;

constexpr std::int64_t kDay = 24 * 3600;

struct Site {
  FailingStore store;
  std::shared_ptr<Ruleset> rules = notice_rules();
  std::vector<HeaderField> fields{{"From", "Anne <anne@nic.xa>"}, {"Message-ID", "<1@nic.xa>"}};
  Evidence evidence;

  /// How long it is kept; nullopt: it is not.
  std::optional<std::int64_t> days_kept(Decision decision, Truth authenticated) {
    TransactionResult result;
    result.decision_id = to_string(decision);
    result.list = rules->lists.front().config.name;
    result.verdict.decision = decision;
    Memory memory{&store, *rules, kNoon, evidence, authenticated, "nic.xa"};
    CHECK(record_decision(memory, {}, fields, result) == Recorded::yes);
    const auto entry = store.find_entry(result.decision_id);
    if (!entry) return std::nullopt;
    return (entry->keep_until - kNoon) / kDay;
  }
};

}  // namespace

TEST_CASE("a refusal of mail that nobody is known to have written is kept for its own time") {
  struct Row {
    Decision decision;
    Truth authenticated;
    std::int64_t days;
  };
  const Row row = GENERATE(values<Row>({
      {Decision::accept, Truth::yes, 400},
      {Decision::accept, Truth::no, 400},
      {Decision::ask, Truth::yes, 400},
      {Decision::hold, Truth::no, 400},
      {Decision::tempfail, Truth::yes, 400},
      {Decision::tempfail, Truth::unknown, 30},
      {Decision::discard, Truth::no, 30},
      {Decision::reject, Truth::yes, 400},
      {Decision::reject, Truth::no, 30},
      {Decision::reject, Truth::unknown, 30},
  }));
  INFO(to_string(row.decision) << ", authenticated " << static_cast<int>(row.authenticated));
  Site site;
  CHECK(site.days_kept(row.decision, row.authenticated) == row.days);
}

TEST_CASE("what goes to the hold queue is told the owner, whatever it is held for") {
  Site site;
  TransactionResult result;
  result.decision_id = "7k2m9qx40c1d";
  result.list = site.rules->lists.front().config.name;
  result.verdict.decision = GENERATE(Decision::hold, Decision::ask, Decision::tempfail);
  const bool held = GENERATE(true, false);
  if (held) result.edits.quarantine = "ccgate 7k2m9qx40c1d: hold rule many";
  Memory memory{&site.store, *site.rules, kNoon, site.evidence, Truth::no, "nic.xa"};
  CHECK(record_decision(memory, {}, site.fields, result) == Recorded::yes);
  const auto events = site.store.events_of(result.decision_id);
  const auto tasks = site.store.claim("worker", kNoon + 2 * 3600, 60, 10);
  CHECK(events.size() == (held ? 1 : 0));
  CHECK(tasks.size() == (held ? 2 : 0));
  if (!held) return;
  CHECK(events[0].kind == EventKind::held);
  CHECK(events[0].detail == "ccgate 7k2m9qx40c1d: hold rule many");
}

TEST_CASE("that time is the list's, and no longer than that of other decisions") {
  Site site;
  ListConfig& list = site.rules->lists.front().config;
  list.retention_refused = std::chrono::hours(24);
  CHECK(site.days_kept(Decision::reject, Truth::no) == 1);
  list.retention_refused = std::chrono::hours(24 * 90);
  list.retention = std::chrono::hours(24 * 60);
  CHECK(site.days_kept(Decision::discard, Truth::no) == 60);
}

TEST_CASE("who is let in is a member as soon as it is recorded") {
  Site site;
  Ruleset::Gated gated{&site.rules->lists.front(), {}};
  TransactionResult result;
  result.decision_id = "7k2m9qx40c1d";
  result.list = "tld-ops";
  result.verdict.decision = Decision::accept;
  const Recipient recipient;
  RecipientJudgement judged{&recipient, &gated, {}};
  judged.judgement.request.kind = RequestKind::subscribe;
  judged.judgement.verdict.decision = Decision::accept;
  judged.judgement.verdict.per_cctld.push_back(
      {Domain::parse("xa"), Decision::accept, Ground::author_is_contact, "", {}, {}, {}, {}});
  result.judgements = {judged};
  Memory memory{&site.store, *site.rules, kNoon, site.evidence, Truth::yes, "nic.xa"};
  memory.author = Address::parse("anne@nic.xa");
  site.rules->directory = std::make_shared<const Directory>();
  CHECK(record_decision(memory, {}, site.fields, result) == Recorded::yes);
  const auto members = site.store.members({});
  REQUIRE(members.size() == 1);
  CHECK(members.front().address == "anne@nic.xa");
  CHECK(members.front().began_by == "7k2m9qx40c1d");
}

}  // namespace ccgate
