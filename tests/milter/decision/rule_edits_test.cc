#include "milter/decision/rule_edits.h"

#include "milter/decision/weigh.h"
#include "policy/verdict/evaluate.h"
#include "tests/support/catch.h"
#include "tests/support/notice_site.h"
#include "tests/support/values.h"

namespace ccgate {
namespace {

using namespace test;

Action action_of(Action::Kind kind) {
  Action action;
  action.kind = kind;
  return action;
}

Action inform_of(std::set<Role> roles) {
  Action action = action_of(Action::Kind::inform);
  action.roles = std::move(roles);
  return action;
}

Action to_address(Action::Kind kind, const char* to) {
  Action action = action_of(kind);
  action.address = address(to);
  return action;
}

/// A message for xa, whose contact is new, and xb, to a command address that the mail server finds.
struct Planning {
  Planning() {
    CcTld xa = cctld("xa", "new@nic.xa");
    Contact& young = xa.contacts.at(Role::admin);
    young.changed = young.first_seen = kNoon - 60;
    young.previous = PreviousContact{address("old@nic.xa"), {}, {}};
    rules->directory =
        std::make_shared<const Directory>(std::vector<CcTld>{xa, cctld("xb", "admin@nic.xb", "tech@nic.xb")},
                                          RegistryOverrides{}, std::vector<std::set<Address>>{});
    recipient.raw = "<tld-ops-join@lists.example.org>";
    recipient.certain = true;
    recipient.gated = {{&rules->lists.front(), {}}};
  }

  [[nodiscard]] Settled settled(const std::vector<std::pair<const char*, Decision>>& labels) const {
    RecipientJudgement judged{&recipient, &recipient.gated.front(), {}};
    judged.judgement.request.kind = RequestKind::subscribe;
    std::vector<CcTldVerdict> per_cctld;
    for (const auto& [label, decision] : labels) {
      CcTldVerdict each;
      each.cctld = domain(label);
      each.decision = decision;
      for (const Action& action : actions) each.actions.push_back(&action);
      per_cctld.push_back(std::move(each));
    }
    judged.judgement.verdict = strictest(std::move(per_cctld));
    Judged all{"7k2m9qx40c1d"};
    all.judgements = {std::move(judged)};
    return weigh(std::move(all));
  }
  [[nodiscard]] Planned planned(const std::vector<std::pair<const char*, Decision>>& labels) const {
    return plan_edits(settled(labels), *rules, kNoon);
  }

  std::shared_ptr<Ruleset> rules = notice_rules();
  Recipient recipient;
  std::vector<Action> actions;
};

std::vector<std::string> added(const Planned& planned) {
  std::vector<std::string> all;
  for (const Address& each : planned.edits.add_recipients) all.push_back(each.text());
  return all;
}

using Added = std::vector<std::string>;

}  // namespace

TEST_CASE("each decision has its answer") {
  struct Row {
    Decision decision;
    std::optional<AskStyle> style;
    Answer::Kind kind;
  };
  const Row row = GENERATE(values<Row>({
      {Decision::accept, {}, Answer::Kind::accept},
      {Decision::hold, {}, Answer::Kind::accept},
      {Decision::ask, {}, Answer::Kind::accept},
      {Decision::ask, AskStyle::hold, Answer::Kind::accept},
      {Decision::ask, AskStyle::tempfail, Answer::Kind::tempfail},
      {Decision::ask, AskStyle::reject, Answer::Kind::reject},
      {Decision::tempfail, {}, Answer::Kind::tempfail},
      {Decision::discard, {}, Answer::Kind::discard},
      {Decision::reject, {}, Answer::Kind::reject},
  }));
  INFO(to_string(row.decision));
  CHECK(answer_kind(row.decision, row.style) == row.kind);
}

TEST_CASE("contacts get a copy once each, and of a new one the contact before it") {
  Planning site;
  site.actions = {inform_of({Role::admin}), inform_of({Role::admin, Role::tech})};
  CHECK(added(site.planned({{"xa", Decision::accept}, {"xb", Decision::accept}})) ==
        Added{"new@nic.xa", "old@nic.xa", "admin@nic.xb", "tech@nic.xb"});
  site.rules->config.contacts.cool_down = std::chrono::seconds(60);
  CHECK(added(site.planned({{"xa", Decision::accept}})) == Added{"new@nic.xa"});
  CHECK(added(site.planned({{"xc", Decision::accept}})).empty());
}

TEST_CASE("nobody gets a copy who is told by a mail of our own") {
  Planning site;
  site.actions = {inform_of({Role::admin})};
  Settled settled = site.settled({{"xb", Decision::accept}});
  settled.own_notices = true;
  CHECK(added(plan_edits(std::move(settled), *site.rules, kNoon)).empty());
}

TEST_CASE("only what the decision of the whole rests on is done") {
  Planning site;
  site.actions = {inform_of({Role::admin})};
  CHECK(added(site.planned({{"xa", Decision::accept}, {"xb", Decision::hold}})) == Added{"admin@nic.xb"});
  CHECK(added(site.planned({{"xa", Decision::accept}, {"xb", Decision::reject}})).empty());
}

TEST_CASE("fields, recipients and another way") {
  Planning site;
  Action header = action_of(Action::Kind::add_header);
  header.name = "X-Note";
  header.value = "seen";
  site.actions = {header, to_address(Action::Kind::add_recipient, "log@lists.example.org"),
                  to_address(Action::Kind::redirect, "owner@lists.example.org"),
                  to_address(Action::Kind::add_recipient, "owner@lists.example.org")};
  const Planned planned = site.planned({{"xa", Decision::hold}});
  REQUIRE(planned.edits.insert_on_top.size() == 1);
  CHECK(planned.edits.insert_on_top[0].name == "X-Note");
  CHECK(planned.edits.insert_on_top[0].value == " seen");
  CHECK(added(planned) == Added{"log@lists.example.org", "owner@lists.example.org"});
  CHECK(planned.edits.delete_recipients == std::vector<std::string>{site.recipient.raw});
  CHECK(planned.settled.changes.empty());
}

TEST_CASE("what does not go on is not changed") {
  Planning site;
  site.actions = {inform_of({Role::admin}), to_address(Action::Kind::add_recipient, "j\u00f6rg@nic.xa")};
  const Planned planned =
      site.planned({{"xa", GENERATE(Decision::tempfail, Decision::discard, Decision::reject)}});
  CHECK(added(planned).empty());
  CHECK(planned.settled.changes.empty());
}

TEST_CASE("an acceptance that needs SMTPUTF8 to be told is held, and what is held waits as it does") {
  Planning site;
  site.actions = {to_address(Action::Kind::add_recipient, "j\u00f6rg@nic.xa")};
  const Planned held = site.planned({{"xa", Decision::accept}, {"xb", Decision::accept}});
  CHECK(held.settled.verdict.decision == Decision::hold);
  for (const CcTldVerdict& each : held.settled.judgements[0].judgement.verdict.per_cctld)
    CHECK(each.decision == Decision::hold);
  CHECK(added(held).empty());
  REQUIRE(held.settled.changes.size() == 1);
  CHECK(held.settled.changes[0].step == DecisionStep::notices);
  CHECK(added(site.planned({{"xa", Decision::hold}})) == Added{"j\u00f6rg@nic.xa"});
}

TEST_CASE("a recipient is taken out only where the mail server finds it") {
  Planning site;
  site.recipient.certain = false;
  site.actions = {to_address(Action::Kind::add_recipient, "log@lists.example.org")};
  CHECK(added(site.planned({{"xa", Decision::accept}})) == Added{"log@lists.example.org"});
  site.actions.push_back(to_address(Action::Kind::redirect, "owner@lists.example.org"));
  const Planned refused = site.planned({{"xa", Decision::accept}});
  CHECK(ruling_of(refused.settled.verdict) == Ruling{Decision::reject, Ground::malformed});
  CHECK(refused.settled.envelope_refused);
  CHECK(added(refused).empty());
  REQUIRE(refused.settled.changes.size() == 1);
  CHECK(refused.settled.changes[0].step == DecisionStep::envelope);
}

}  // namespace ccgate
