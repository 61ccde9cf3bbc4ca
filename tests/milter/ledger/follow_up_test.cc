#include "milter/ledger/follow_up.h"

#include <algorithm>

#include "milter/notice/payload.h"
#include "policy/verdict/evaluate.h"
#include "tests/support/catch.h"
#include "tests/support/notice_site.h"
#include "tests/support/values.h"

namespace ccgate {
namespace {

using namespace test;

constexpr std::int64_t kOneDay = 24 * 3600;

/// xa has a contact since yesterday, and one before it; xb has two contacts.
struct Followed {
  Followed() {
    rules->config.store = "sqlite:/nowhere";
    CcTld xa{*Domain::parse("xa"), {}, "", {}, {}, ""};
    Contact admin{address("new@nic.xa"), "", kNoon - kOneDay, kNoon - kOneDay};
    admin.previous = PreviousContact{address("old@nic.xa"), {}, {}};
    xa.contacts.emplace(Role::admin, admin);
    CcTld xb{*Domain::parse("xb"), {}, "", {}, {}, ""};
    xb.contacts.emplace(Role::admin, Contact{address("admin@nic.xb"), "", {}, {}});
    xb.contacts.emplace(Role::tech, Contact{address("tech@nic.xb"), "", {}, {}});
    rules->directory = std::make_shared<const Directory>(std::vector<CcTld>{xa, xb}, RegistryOverrides{},
                                                         std::vector<std::set<Address>>{});
    rules->lists.front().policy.authority = {Role::admin};
    result.decision_id = "7k2m9qx40c1d";
    result.list = "tld-ops";
    record.entry = notice_entry();
  }

  /// The only recipient's judgement, for `labels`, on this `ground`.
  RecipientJudgement& judge(Decision decision, const std::vector<const char*>& labels,
                            Ground ground = Ground::author_is_contact) {
    RecipientJudgement judged{nullptr, &gated, {}};
    judged.judgement.request.kind = RequestKind::subscribe;
    std::vector<CcTldVerdict> per_cctld;
    for (const char* label : labels) {
      CcTldVerdict each;
      each.cctld = Domain::parse(label);
      each.decision = decision;
      each.ground = ground;
      each.actions = actions;
      per_cctld.push_back(std::move(each));
    }
    judged.judgement.verdict = strictest(std::move(per_cctld));
    result.verdict = judged.judgement.verdict;
    result.judgements = {std::move(judged)};
    return result.judgements.front();
  }
  [[nodiscard]] Memory memory() {
    Memory memory{&store, *rules, kNoon, evidence, authenticated, "nic.xa"};
    memory.author = address("anne@nic.xa");
    return memory;
  }
  /// Addresses told, `(previous)` behind the contact before a new one.
  std::vector<std::string> told() {
    std::vector<std::string> all;
    for (const auto& [whom, how] : whom_to_tell(memory(), result))
      all.push_back(whom.text() + (how.previous ? " (previous)" : ""));
    return all;
  }
  std::vector<std::string> tasks() {
    record = with_follow_up(memory(), result, record);
    std::vector<std::string> all;
    for (const Task& task : record.tasks) all.push_back(std::string(to_string(task.kind)) + " " + task.to);
    return all;
  }

  FailingStore store;
  std::shared_ptr<Ruleset> rules = notice_rules();
  Ruleset::Gated gated{&rules->lists.front(), {}};
  Truth authenticated = Truth::yes;
  Evidence evidence;
  std::vector<const Action*> actions;
  TransactionResult result;
  DecisionRecord record;
};

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("the admin contact is told of an acceptance, and the one before a new one") {
  Followed site;
  site.judge(Decision::accept, {"xa", "xb"});
  CHECK(site.told() == Texts{"new@nic.xa", "old@nic.xa (previous)", "admin@nic.xb"});
  site.rules->config.contacts.cool_down = std::chrono::hours(1);
  CHECK(site.told() == Texts{"new@nic.xa", "admin@nic.xb"});
}

TEST_CASE("the contacts are told whom somebody else took off the list") {
  Followed site;
  const auto end = [&](const char* cctld, const char* who) {
    site.record.members.ended.push_back({"tld-ops", cctld, who, kNoon, "7k2m9qx40c1d"});
  };
  end("xb", "ben@nic.xb");
  end("xb", "cleo@nic.xb");
  end("xa", "dora@nic.xa");
  end("xb", "anne@nic.xa");  // the author
  end("", "anne@nic.xa");
  end("xz", "ben@nic.xz");  // nobody's
  site.record = with_leavers_told(site.memory(), std::move(site.record));
  std::vector<std::string> all;
  for (const Task& task : site.record.tasks) all.push_back(std::string(to_string(task.kind)) + " " + task.to);
  CHECK(all == Texts{"inform new@nic.xa", "inform old@nic.xa", "inform admin@nic.xb"});
  CHECK(read_inform_payload(site.record.tasks.back().payload)->cctlds == Texts{"xb"});
  site.record = {};
  end("", "anne@nic.xa");
  CHECK(with_leavers_told(site.memory(), site.record).tasks.empty());
}

TEST_CASE("whom a rule names is told, and nobody where it says so") {
  Followed site;
  Action inform;
  site.actions = {&inform};
  site.judge(Decision::accept, {"xb"});
  CHECK(site.told().empty());
  inform.roles = {Role::admin, Role::tech};
  CHECK(site.told() == Texts{"admin@nic.xb", "tech@nic.xb"});
}

TEST_CASE("nobody is told of what is not let in for certain") {
  Followed site;
  site.judge(Decision::accept, {"xa"});
  SECTION("observed only") {
    site.result.observed = Decision::accept;
  }
  SECTION("told before") {
    site.result.repeated = true;
  }
  SECTION("not authenticated") {
    site.authenticated = GENERATE(Truth::no, Truth::unknown);
  }
  SECTION("decided otherwise afterwards") {
    site.result.verdict.decision = GENERATE(Decision::hold, Decision::tempfail, Decision::reject);
  }
  SECTION("not carried out") {
    site.result.answer.kind = Answer::Kind::reject;
  }
  SECTION("the list only observes") {
    site.rules->lists.front().policy.mode = Mode::observe;
  }
  SECTION("no subscription") {
    site.result.judgements.front().judgement.request.kind = RequestKind::unsubscribe;
  }
  CHECK(site.told().empty());
  CHECK(site.tasks().empty());
}

TEST_CASE("an acceptance leaves notices, what they count against, and the answers that it rests on") {
  Followed site;
  RecipientJudgement& judged = site.judge(Decision::accept, {"xb"}, Ground::contact_confirmed);
  judged.approval.given_by = {notice_question()};
  CHECK(site.tasks() == Texts{"inform admin@nic.xb"});
  const Task& task = site.record.tasks.front();
  CHECK(task.key == "inform:7k2m9qx40c1d:admin@nic.xb");
  CHECK(task.due == kNoon);
  CHECK(site.record.rests_on == std::vector<Question>{notice_question()});
  CHECK(site.record.questions.empty());
  std::vector<std::string> keys;
  for (const Budget& budget : site.record.budgets) keys.push_back(budget.key);
  CHECK(keys == Texts{"author tld-ops nic.xa", "notice stranger admin@nic.xb nic.xa"});
}

TEST_CASE("no program subscribes whoever answers at a form's address and names nobody") {
  Followed site;
  site.rules->lists.front().config.hooks.accepted = {"/usr/bin/true"};
  site.record.entry.list = site.rules->lists.front().config.name;
  RecipientJudgement& judged = site.judge(Decision::accept, {"xb"});
  site.gated.command.form = true;
  CHECK(site.tasks() == Texts{"inform admin@nic.xb"});
  // `We do not want to join` above a signature.
  judged.judgement.request.people = {{"", address("anne@nic.xb"), "+999 1"}};
  site.record.tasks.clear();
  CHECK(site.tasks() == Texts{"inform admin@nic.xb"});
  judged.judgement.request.people.push_back({"Anne", address("anne@nic.xb"), ""});
  site.record.tasks.clear();
  CHECK(site.tasks() == Texts{"inform admin@nic.xb", "hook accepted"});
}

TEST_CASE("the hook for what is accepted runs once, for subscriptions") {
  Followed site;
  ListConfig& list = site.rules->lists.front().config;
  list.hooks.accepted = {"/usr/bin/true"};
  site.judge(Decision::accept, {"xb"});
  CHECK(site.tasks() == Texts{"inform admin@nic.xb", "hook accepted"});
  site.record = {};
  site.record.entry = notice_entry();
  site.record.entry.list = "other";  // in the same mail, and it decided
  CHECK(site.tasks() == Texts{"inform admin@nic.xb"});
}

TEST_CASE("a question goes to each contact that was not asked, with its task and its bounds") {
  Followed site;
  RecipientJudgement& judged = site.judge(Decision::ask, {"xa", "xb"}, Ground::contact_asked);
  judged.request_key = "key";
  judged.approval.unasked = {{address("new@nic.xa"), {{*Domain::parse("xa")}}},
                             {address("admin@nic.xb"), {{*Domain::parse("xb")}}}};
  SECTION("where they are asked") {
    site.result.ask_style = AskStyle::hold;
    CHECK(site.tasks() == Texts{"ask new@nic.xa", "ask admin@nic.xb"});
    REQUIRE(site.record.questions.size() == 2);
    const Question& question = site.record.questions.front();
    CHECK(question.request_key == "key");
    CHECK(question.contact == "new@nic.xa");
    CHECK(question.cctlds == Texts{"xa"});
    CHECK(question.asked == kNoon);
    CHECK(site.record.tasks.front().question == question.id);
    CHECK(site.record.tasks.front().expires == question.expires);
    const auto counted = std::count_if(site.record.budgets.begin(), site.record.budgets.end(),
                                       [&](const Budget& budget) { return budget.question == question.id; });
    CHECK(counted == 1);  // as one of the registry's own people
  }
  SECTION("not where it is held for a person") {
    CHECK(site.tasks().empty());
    CHECK(site.record.questions.empty());
  }
  SECTION("not twice for the same message") {
    site.result.ask_style = AskStyle::hold;
    site.result.repeated = true;
    CHECK(site.tasks().empty());
  }
}

TEST_CASE("a refusal counts against nothing") {
  Followed site;
  site.judge(Decision::reject, {"xb"});
  CHECK(site.tasks().empty());
  CHECK(site.record.budgets.empty());
}

TEST_CASE("whoever is asked beside others is told how many, and the admin contact learns of the end") {
  Followed site;
  Action nobody;
  site.actions = {&nobody};
  RecipientJudgement& judged = site.judge(Decision::ask, {"xb"}, Ground::contact_asked);
  judged.request_key = "key";
  ToAsk ben{{*Domain::parse("xb")}, Voucher::members, {{*Domain::parse("xb"), 2}}, {Voucher::admin_contact}};
  judged.approval.unasked = {{address("ben@nic.xb"), ben}};
  site.result.ask_style = AskStyle::tempfail;
  CHECK(site.tasks() == Texts{"ask ben@nic.xb"});
  CHECK(site.record.questions.front().asked_as == Voucher::members);
  const auto payload = read_ask_payload(site.record.tasks.front().payload);
  REQUIRE(payload);
  CHECK(payload->needed == std::map<std::string, std::size_t>{{"xb", 2}});
  CHECK(payload->beside == std::set<Voucher>{Voucher::admin_contact});

  Followed accepted;
  accepted.actions = {&nobody};
  RecipientJudgement& given = accepted.judge(Decision::accept, {"xb"}, Ground::contact_confirmed);
  given.judgement.verdict.per_cctld[0].quorum = Quorum{2, {Voucher::members}};
  given.approval.given_by = {notice_question()};
  given.approval.members = {{*Domain::parse("xb"), address("Ben@nic.xb")}};
  given.approval.refusals = {"q9"};
  CHECK(accepted.tasks() == Texts{"inform admin@nic.xb"});
  CHECK(accepted.record.rests_on.size() == 1);
  CHECK(accepted.record.known_refusals == std::set<std::string>{"q9"});
  CHECK(accepted.record.rests_on_members == std::vector<MemberKey>{{"tld-ops", "xb", "ben@nic.xb"}});
}

}  // namespace ccgate
