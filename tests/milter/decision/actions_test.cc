#include "milter/decision/actions.h"

#include <algorithm>

#include "milter/decision/weigh.h"
#include "policy/verdict/evaluate.h"
#include "tests/support/catch.h"
#include "tests/support/notice_site.h"

namespace ccgate {
namespace {

using namespace test;

/// One message to the list's join address, decided for xa.
struct Site {
  Site() {
    rules->config.authserv_id = "lists.example";
    CcTld xa{*Domain::parse("xa"), {}, "", {}, {}, ""};
    xa.contacts.emplace(Role::admin, Contact{*Address::parse("j\u00f6rg@nic.xa"), "", {}, {}});
    rules->directory = std::make_shared<const Directory>(std::vector<CcTld>{xa}, RegistryOverrides{},
                                                         std::vector<std::set<Address>>{});
    Recipient recipient;
    recipient.raw = "<tld-ops-join@lists.example.org>";
    recipient.addresses = {*Address::parse("tld-ops-join@lists.example.org")};
    recipient.gated = {{&rules->lists.front(), {}}};
    recipient.certain = true;
    start.recipients = {recipient};
  }
  void goes_to_others() {
    Recipient other;
    other.raw = "<ben@lists.example.org>";
    start.recipients.push_back(other);
  }

  TransactionResult answered(Decision decision, Ground ground = Ground::rule, bool repeated = false) {
    RecipientJudgement judged{&start.recipients.front(), &start.recipients.front().gated.front(), {}};
    CcTldVerdict xa;
    xa.cctld = Domain::parse("xa");
    xa.decision = decision;
    xa.ground = ground;
    xa.reply = {550, "5.7.2", "as the policy says"};
    if (decision == Decision::tempfail) xa.reply.code = 451;
    xa.actions = actions;
    judged.judgement.verdict = strictest({xa});
    Judged all{"7k2m9qx40c1d"};
    all.decided = true;
    all.judgements = {judged};
    Settled settled = weigh(std::move(all));
    settled.passes_untouched = false;
    settled.repeated = repeated;
    return answer(std::move(settled), *rules, start, fields, kNoon);
  }

  std::shared_ptr<Ruleset> rules = notice_rules();
  TransactionStart start;
  std::vector<HeaderField> fields{{"From", " anne@nic.xa"}};
  std::vector<const Action*> actions;
};

std::string mark(const TransactionResult& result) {
  for (const HeaderField& field : result.edits.insert_on_top)
    if (field.name == "X-CCgate") return field.value;
  return "";
}

/// The verdict, and that of its only ccTLD, which is the same.
Ruling ruling(const TransactionResult& result) {
  const Ruling whole = ruling_of(result.verdict);
  REQUIRE(result.verdict.per_cctld.size() == 1);
  CHECK(ruling_of(result.verdict.per_cctld[0]) == whole);
  CHECK(ruling_of(result.judgements.at(0).judgement.verdict) == whole);
  return whole;
}

}  // namespace

TEST_CASE("what is accepted goes on with our marks") {
  Site site;
  site.fields.push_back({"X-CCgate", " verdict=accept"});
  const TransactionResult result = site.answered(Decision::accept);
  CHECK(result.answer.kind == Answer::Kind::accept);
  CHECK(result.answer.reply == Reply{});
  CHECK_THAT(mark(result), contains(" verdict=accept "));
  CHECK(result.edits.delete_fields.size() == 1);
  CHECK_FALSE(result.edits.quarantine);
  CHECK(result.changes.empty());
}

TEST_CASE("a refusal has its reply with the id, and no edits") {
  Site site;
  const TransactionResult result = site.answered(Decision::reject);
  CHECK(result.answer.kind == Answer::Kind::reject);
  CHECK(result.answer.reply == Reply{550, "5.7.2", "as the policy says [7k2m9qx40c1d]"});
  CHECK(result.edits.insert_on_top.empty());
}

TEST_CASE("what is held goes on into the hold queue") {
  Site site;
  const TransactionResult result = site.answered(Decision::hold);
  CHECK(result.answer.kind == Answer::Kind::accept);
  CHECK(result.edits.quarantine == "ccgate 7k2m9qx40c1d: hold rule .xa");
  CHECK_THAT(mark(result), contains(" verdict=hold "));
}

TEST_CASE("trouble is decided as the configuration says, and told so everywhere") {
  Site site;
  site.rules->config.on.dns_error = OnTrouble::hold;
  site.rules->config.on.stale_contacts = OnTrouble::hold;
  const TransactionResult held = site.answered(Decision::tempfail, Ground::dns_trouble);
  CHECK(ruling(held) == Ruling{Decision::hold, Ground::dns_trouble});
  CHECK(held.answer.kind == Answer::Kind::accept);
  CHECK(held.edits.quarantine);
  CHECK_THAT(mark(held), contains(" verdict=hold "));
  REQUIRE(held.changes.size() == 1);
  CHECK(held.changes[0].step == DecisionStep::trouble);
  CHECK(held.changes[0].from.decision == Decision::tempfail);
  CHECK(held.changes[0].to.decision == Decision::hold);
  CHECK(held.changes[0].why == "on.dns_error in ccgate.yaml says so");
  CHECK(ruling(site.answered(Decision::tempfail, Ground::stale_contacts)).decision == Decision::hold);
  CHECK(ruling(site.answered(Decision::tempfail, Ground::flood)).decision == Decision::tempfail);
}

TEST_CASE("a refusal for its size is put off where the configuration says so") {
  Site site;
  site.rules->config.on.over_limit = OnTrouble::tempfail;
  const TransactionResult result = site.answered(Decision::reject, Ground::over_limit);
  CHECK(ruling(result).decision == Decision::tempfail);
  CHECK(result.answer.reply == Reply{451, "4.3.4", "as the policy says [7k2m9qx40c1d]"});
}

TEST_CASE("what is repeated was put in order when it was recorded") {
  Site site;
  site.rules->config.on.stale_contacts = OnTrouble::tempfail;
  CHECK(ruling(site.answered(Decision::hold, Ground::stale_contacts, true)).decision == Decision::hold);
}

TEST_CASE("a list that only observes lets everything through, and says what it would have done") {
  Site site;
  site.rules->lists.front().policy.mode = Mode::observe;
  const TransactionResult result = site.answered(Decision::reject);
  CHECK(result.answer.kind == Answer::Kind::accept);
  CHECK(result.observed == Decision::reject);
  CHECK_THAT(mark(result), contains(" verdict=observe:reject "));
  CHECK_FALSE(result.edits.quarantine);
}

TEST_CASE("a mixed message is let through by no decision about the request in it") {
  Site site;
  site.goes_to_others();
  site.rules->config.mixed_recipients = MixedRecipients::reject;
  const TransactionResult result = site.answered(Decision::accept);
  CHECK(ruling(result) == Ruling{Decision::reject, Ground::mixed_recipients});
  CHECK(result.envelope_refused);
  CHECK(result.answer.kind == Answer::Kind::reject);
  REQUIRE(result.changes.size() == 1);
  CHECK(result.changes[0].step == DecisionStep::envelope);
  CHECK(result.changes[0].from.decision == Decision::accept);
  // A refusal tells the author what to do about the request.
  CHECK(ruling(site.answered(Decision::reject)).ground == Ground::rule);
  CHECK(ruling(site.answered(Decision::tempfail)).decision == Decision::tempfail);
}

TEST_CASE("others get a mixed message without the command address, where it can be taken out") {
  Site site;
  site.goes_to_others();
  site.rules->config.mixed_recipients = MixedRecipients::drop;
  const TransactionResult dropped = site.answered(Decision::reject);
  CHECK(ruling(dropped).decision == Decision::reject);
  CHECK(dropped.answer.kind == Answer::Kind::accept);
  CHECK(dropped.edits.delete_recipients == std::vector<std::string>{site.start.recipients[0].raw});
  CHECK(dropped.edits.insert_on_top.empty());
  site.start.recipients[0].certain = false;
  CHECK(ruling(site.answered(Decision::reject)).ground == Ground::mixed_recipients);
}

TEST_CASE("more marks than can be taken out refuse a message, repeated or observed") {
  Site site;
  site.rules->lists.front().policy.mode = GENERATE(Mode::enforce, Mode::observe);
  site.fields.insert(site.fields.end(), 1001, {"X-CCgate", " verdict=accept"});
  const TransactionResult result = site.answered(Decision::accept, Ground::rule, true);
  CHECK(ruling(result) == Ruling{Decision::reject, Ground::over_limit});
  CHECK(result.answer.reply.status == "5.3.4");
  CHECK_FALSE(result.repeated);
  CHECK(result.decision_id != "7k2m9qx40c1d");
}

TEST_CASE("what a rule wants done is done where its decision is carried out") {
  Site site;
  Action header;
  header.kind = Action::Kind::add_header;
  header.name = "X-Note";
  header.value = "seen";
  site.actions = {&header};
  const auto has_note = [](const TransactionResult& result) {
    return std::any_of(result.edits.insert_on_top.begin(), result.edits.insert_on_top.end(),
                       [](const HeaderField& field) { return field.name == "X-Note"; });
  };
  CHECK(has_note(site.answered(Decision::accept)));
  CHECK_FALSE(has_note(site.answered(Decision::reject)));
  site.rules->config.on.dns_error = OnTrouble::hold;
  CHECK_FALSE(has_note(site.answered(Decision::tempfail, Ground::dns_trouble)));
}

TEST_CASE("an acceptance that a copy cannot tell of is held for a person") {
  Site site;
  Action inform;
  inform.roles = {Role::admin};
  site.actions = {&inform};
  const TransactionResult result = site.answered(Decision::accept);
  CHECK(ruling(result).decision == Decision::hold);
  CHECK(result.edits.add_recipients.empty());
  CHECK(result.edits.quarantine);
  REQUIRE(result.changes.size() == 1);
  CHECK(result.changes[0].step == DecisionStep::notices);
}

TEST_CASE("what the mail server may not take out is refused") {
  Site site;
  Action redirect;
  redirect.kind = Action::Kind::redirect;
  redirect.address = Address::parse("owner@lists.example.org");
  site.actions = {&redirect};
  const TransactionResult done = site.answered(Decision::accept);
  CHECK(done.edits.delete_recipients == std::vector<std::string>{site.start.recipients[0].raw});
  site.start.recipients[0].certain = false;
  const TransactionResult refused = site.answered(Decision::accept);
  CHECK(ruling(refused) == Ruling{Decision::reject, Ground::malformed});
  CHECK(refused.answer.reply.status == "5.6.0");
  CHECK(refused.edits.delete_recipients.empty());
}

TEST_CASE("a failure of ours is nobody's fault: it is put off, or held where the configuration says so") {
  const OnTrouble what = GENERATE(OnTrouble::tempfail, OnTrouble::reject);
  const TransactionResult later = internal_error_result(what);
  CHECK(ruling_of(later.verdict) == Ruling{Decision::tempfail, Ground::internal_error});
  CHECK(later.answer.kind == Answer::Kind::tempfail);
  CHECK(later.answer.reply.code == 451);
  CHECK_THAT(later.answer.reply.text, Catch::Matchers::EndsWith(" [" + later.decision_id + "]"));
  CHECK_FALSE(later.edits.quarantine);
  const TransactionResult held = internal_error_result(OnTrouble::hold);
  CHECK(ruling_of(held.verdict) == Ruling{Decision::hold, Ground::internal_error});
  CHECK(held.answer.kind == Answer::Kind::accept);
  CHECK(held.edits.quarantine == "ccgate " + held.decision_id + ": internal_error");
  CHECK(held.edits.insert_on_top.empty());
}

}  // namespace ccgate
