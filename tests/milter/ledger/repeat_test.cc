#include "milter/ledger/repeat.h"

#include "milter/ledger/ledger_entry.h"
#include "policy/verdict/evaluate.h"
#include "tests/support/catch.h"
#include "tests/support/notice_site.h"

namespace ccgate {
namespace {

using namespace test;

Evidence evidence(AuthResult spf) {
  Evidence result;
  result.spf = {spf, Domain::parse("nic.xa"), ""};
  return result;
}

/// A decision as it stands in the store; the message that comes now is the same, and decided alike.
LedgerEntry recorded() {
  LedgerEntry entry = notice_entry("before");
  entry.policy_hash = "policy";
  entry.evidence_digest = evidence_digest(evidence(AuthResult::pass));
  entry.reply = "";
  return entry;
}

struct Now {
  Decision decision = Decision::accept;
  std::string request_key = "key of the request";
  std::string policy_hash = "policy";
  std::string replay_key = "key of the message";
  AuthResult spf = AuthResult::pass;
  std::int64_t after = 10;
  bool unasked = false;
};

/// What is settled about the message now; `repeated` when the decision before is to be repeated.
Settled bring(const LedgerEntry& before, const Now& now) {
  FailingStore store;
  CHECK(store.record({before, {"key of the message"}, {}, {}, {}}) == Recorded::yes);
  const auto rules = notice_rules();
  List& list = rules->lists.front();
  list.policy.hash = now.policy_hash;
  Settled settled;
  settled.decision_id = "now";
  settled.verdict.decision = now.decision;
  settled.verdict.reply = {550, "5.7.2", "as decided now"};
  settled.evidence = evidence(now.spf);
  const Memory memory{&store,   *rules,          before.decided + now.after, settled.evidence, Truth::yes,
                      "nic.xa", {now.replay_key}};
  const Ruleset::Gated gated{&list, {}};
  RecipientJudgement judged{nullptr, &gated, {}};
  judged.request_key = now.request_key;
  if (now.unasked) judged.approval.unasked.emplace(*Address::parse("hostmaster@nic.xa"), ToAsk{});
  const Recalled recalled = recall(memory, settled, judged);
  return recalled.before ? repeat(settled, *recalled.before) : settled;
}

LedgerEntry recorded_as(Decision decision, std::string reply = "") {
  LedgerEntry entry = recorded();
  entry.verdict = to_string(decision);
  entry.reply = std::move(reply);
  return entry;
}

}  // namespace

TEST_CASE("the same message for the same request gets the decision before, under its id") {
  const Settled result = bring(recorded(), {});
  CHECK(result.repeated);
  CHECK(result.decision_id == "before");
  CHECK(result.verdict.decision == Decision::accept);
}

TEST_CASE("whatever else differs, it is decided anew") {
  struct Row {
    const char* story;
    LedgerEntry before;
    Now now;
  };
  LedgerEntry observed = recorded();
  observed.observed = true;
  Now other_request, no_request, other_policy, other_message, later, to_ask;
  other_request.request_key = "another request under the same Message-ID";
  no_request.request_key = "";
  other_policy.policy_hash = "another policy";
  other_message.replay_key = "another message";
  later.after = 24 * 3600 + 1;
  to_ask.unasked = true;
  Now refused, asked;
  refused.decision = Decision::reject;
  asked.decision = Decision::ask;
  const auto row = GENERATE_COPY(values<Row>({
      {"another request", recorded(), other_request},
      {"a request that is not known whole", recorded(), no_request},
      {"another policy", recorded(), other_policy},
      {"another message", recorded(), other_message},
      {"behind the window", recorded(), later},
      {"the list only observed", observed, {}},
      {"somebody has to be asked anew", recorded(), to_ask},
      {"what was accepted is refused now", recorded(), refused},
      {"what was accepted is to be asked about now", recorded(), asked},
      {"what was asked about is accepted now", recorded_as(Decision::ask), {}},
      {"what was asked about is refused now", recorded_as(Decision::ask), refused},
      {"it could not be decided before", recorded_as(Decision::tempfail), {}},
  }));
  INFO(row.story);
  const Settled result = bring(row.before, row.now);
  CHECK_FALSE(result.repeated);
  CHECK(result.decision_id == "now");
  CHECK(result.verdict.decision == row.now.decision);
}

TEST_CASE("a stricter decision stays, for the same evidence alone") {
  const LedgerEntry refused = recorded_as(Decision::reject, "550 5.7.1 write to the owner [before]");
  const Settled same = bring(refused, {});
  CHECK(same.repeated);
  CHECK(same.verdict.decision == Decision::reject);
  CHECK(same.verdict.reply == Reply{550, "5.7.1", "write to the owner"});
  CHECK(bring(recorded_as(Decision::hold), {}).verdict.decision == Decision::hold);
  Now better;
  better.spf = AuthResult::none;
  CHECK_FALSE(bring(refused, better).repeated);
}

TEST_CASE("what is asked about stays asked, under one id") {
  Now asked;
  asked.decision = Decision::ask;
  const Settled result =
      bring(recorded_as(Decision::ask, "451 4.7.1 asked a@nic.xa to confirm [before]"), asked);
  CHECK(result.repeated);
  CHECK(result.verdict.decision == Decision::ask);
  CHECK(result.verdict.reply.status == "4.7.1");
}

TEST_CASE("a list that lets the message in where another asks keeps its own grounds") {
  const auto rules = notice_rules();
  const Ruleset::Gated gated{&rules->lists.front(), {}};
  const auto judged = [&](Decision decision, Ground ground, const char* rule) {
    RecipientJudgement one{nullptr, &gated, {}};
    CcTldVerdict each;
    each.decision = decision;
    each.ground = ground;
    each.rule = rule;
    one.judgement.verdict = strictest({each});
    return one;
  };
  Settled settled;
  settled.judgements = {judged(Decision::accept, Ground::author_is_contact, "writes"),
                        judged(Decision::ask, Ground::contact_asked, "copied")};
  settled.verdict = settled.judgements[1].judgement.verdict;
  LedgerEntry before = recorded_as(Decision::ask, "451 4.7.1 asked a@nic.xa to confirm [before]");
  before.ground = "contact_asked";
  before.rule = "copied then";
  const Settled result = repeat(settled, before);
  CHECK(ruling_of(result.verdict) == Ruling{Decision::ask, Ground::contact_asked, "copied then"});
  CHECK(ruling_of(result.judgements[1].judgement.verdict) == ruling_of(result.verdict));
  const Verdict& other = result.judgements[0].judgement.verdict;
  CHECK(ruling_of(other) == Ruling{Decision::accept, Ground::author_is_contact, "writes"});
  CHECK(other.reply == Reply{});
  // A refusal is one for every list.
  before = recorded_as(Decision::reject, "550 5.7.1 write to the owner [before]");
  before.ground = "contact_refused";
  for (const RecipientJudgement& each : repeat(settled, before).judgements)
    CHECK(ruling_of(each.judgement.verdict).ground == Ground::contact_refused);
}

}  // namespace ccgate
