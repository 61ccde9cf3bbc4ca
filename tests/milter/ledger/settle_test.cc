#include "milter/ledger/settle.h"

#include "policy/verdict/evaluate.h"
#include "tests/support/catch.h"
#include "tests/support/notice_site.h"
#include "tests/support/values.h"

namespace ccgate {
namespace {

using namespace test;

const Address kAuthor = *Address::parse("anne@evil.example");

/// What contacts said before.
class Contacts : public FailingStore {
 public:
  std::vector<Question> questions;
  std::optional<std::int64_t> objection;
  std::vector<Question> questions_of(const std::string&) override { return questions; }
  std::optional<std::int64_t> objected(const std::string&, std::int64_t since) override {
    return objection && *objection >= since ? objection : std::nullopt;
  }
};

struct Settling {
  Settling() {
    rules->config.store = "sqlite:/nowhere";
    rules->directory = std::make_shared<const Directory>(
        std::vector<CcTld>{cctld("xa", "hostmaster@nic.xa"), cctld("xb", "j\u00f6rg@nic.xb")},
        RegistryOverrides{}, std::vector<std::set<Address>>{});
    list.policy.authority = {Role::admin};
  }

  /// A request for `labels`, each decided so by the policy.
  RecipientJudgement settled(const std::vector<std::pair<const char*, Decision>>& labels) {
    RecipientJudgement judged{nullptr, &gated, {}};
    judged.judgement.request.kind = kind;
    std::vector<CcTldVerdict> per_cctld;
    for (const auto& [label, decision] : labels) {
      CcTldVerdict each;
      each.cctld = Domain::parse(label);
      each.decision = decision;
      each.ground = Ground::contact_in_copy;
      each.rule = "copied";
      judged.judgement.request.cctlds.insert(*each.cctld);
      per_cctld.push_back(std::move(each));
    }
    judged.judgement.verdict = strictest(std::move(per_cctld));
    Memory memory{&store, *rules, kNoon, evidence, authenticated, "evil.example"};
    memory.smtputf8 = smtputf8;
    return settle(memory, std::move(judged), kAuthor);
  }
  /// The contact was asked about xa an hour ago.
  void said(QuestionState state) {
    Question question;
    question.id = "q";
    question.contact = "hostmaster@nic.xa";
    question.cctlds = {"xa"};
    question.state = state;
    question.asked = kNoon - 3600;
    question.expires = kNoon + 3600;
    if (state != QuestionState::open) question.answered = kNoon - 60;
    store.questions = {question};
  }

  Contacts store;
  std::shared_ptr<Ruleset> rules = notice_rules();
  List& list = rules->lists.front();
  Ruleset::Gated gated{&list, {}};
  RequestKind kind = RequestKind::subscribe;
  Truth authenticated = Truth::yes;
  const Smtputf8Offer* smtputf8 = nullptr;
  Evidence evidence;
};

/// `contacts: ask => accept, contact_confirmed`
std::string told(const DecisionChange& change) {
  return std::string(to_string(change.step)) + ": " + std::string(to_string(change.from.decision)) + " => " +
         std::string(to_string(change.to.decision)) + ", " + std::string(to_string(change.to.ground));
}

}  // namespace

TEST_CASE("a request to ask about waits for its contact") {
  Settling site;
  const RecipientJudgement judged = site.settled({{"xa", Decision::ask}});
  const Verdict& verdict = judged.judgement.verdict;
  CHECK(verdict.decision == Decision::ask);
  CHECK(verdict.ground == Ground::contact_asked);
  CHECK(verdict.rule == "copied");
  CHECK(verdict.reply.code == 451);
  CHECK(verdict.per_cctld[0].reply == verdict.reply);
  CHECK(judged.ask_style == AskStyle::tempfail);
  CHECK(judged.request_key.size() == 64);
  CHECK(judged.approval.unasked.size() == 1);
  REQUIRE(judged.changes.size() == 1);
  CHECK(told(judged.changes[0]) == "contacts: ask => ask, contact_asked");
  CHECK(judged.changes[0].why == "it waits for the answer of hostmaster@nic.xa");
}

TEST_CASE("the contact's answer decides") {
  struct Row {
    QuestionState state;
    const char* change;
  };
  const Row row = GENERATE(values<Row>({
      {QuestionState::confirmed, "contacts: ask => accept, contact_confirmed"},
      {QuestionState::refused, "contacts: ask => reject, contact_refused"},
      {QuestionState::open, "contacts: ask => ask, contact_asked"},
      {QuestionState::expired, "contacts: ask => ask, contact_asked"},
  }));
  INFO(to_string(row.state));
  Settling site;
  site.said(row.state);
  const RecipientJudgement judged = site.settled({{"xa", Decision::ask}});
  REQUIRE(judged.changes.size() == 1);
  CHECK(told(judged.changes[0]) == row.change);
  CHECK(judged.changes[0].to == ruling_of(judged.judgement.verdict));
  CHECK(ruling_of(judged.judgement.verdict.per_cctld[0]) == ruling_of(judged.judgement.verdict));
  CHECK(judged.approval.given_by.size() == (row.state == QuestionState::confirmed ? 1 : 0));
  CHECK(judged.approval.unasked.size() == (row.state == QuestionState::expired ? 1 : 0));
}

TEST_CASE("an objection to the same request refuses it, even where the policy does not ask") {
  Settling site;
  site.store.objection = kNoon - 60;
  const RecipientJudgement judged = site.settled({{"xa", Decision::accept}});
  CHECK(judged.judgement.verdict.decision == Decision::reject);
  CHECK(judged.judgement.verdict.ground == Ground::contact_refused);
  CHECK(judged.judgement.verdict.reply.code == 550);
  CHECK(told(judged.changes.at(0)) == "contacts: accept => reject, contact_refused");
  site.store.objection = kNoon - site.rules->config.ask.fresh.count() - 1;
  CHECK(site.settled({{"xa", Decision::accept}}).changes.empty());
}

TEST_CASE("nobody is asked for an author who is not authenticated") {
  Settling site;
  site.authenticated = Truth::no;
  const RecipientJudgement refused = site.settled({{"xa", Decision::ask}});
  CHECK(told(refused.changes.at(0)) == "contacts: ask => reject, not_authenticated");
  CHECK(refused.judgement.verdict.reply == refused.judgement.verdict.per_cctld[0].reply);
  CHECK_FALSE(refused.ask_style);
  CHECK(refused.approval.unasked.empty());
  site.authenticated = Truth::unknown;
  CHECK(told(site.settled({{"xa", Decision::ask}}).changes.at(0)) ==
        "contacts: ask => tempfail, dns_trouble");
}

TEST_CASE("where somebody cannot be written to, it is held, and put off while that is not known") {
  Settling site;
  Smtputf8Offer offer;
  site.smtputf8 = &offer;
  const Decision decision = GENERATE(Decision::accept, Decision::ask);
  const RecipientJudgement later = site.settled({{"xb", decision}});
  CHECK(told(later.changes.back()) ==
        "notices: " + std::string(to_string(decision)) + " => tempfail, contact_unreachable");
  offer.learn(Truth::no);
  const RecipientJudgement held = site.settled({{"xb", decision}});
  CHECK(held.judgement.verdict.decision == Decision::hold);
  CHECK(held.judgement.verdict.per_cctld[0].decision == Decision::hold);
  CHECK_FALSE(held.ask_style);
  CHECK(held.approval.unasked.empty());
  offer.learn(Truth::yes);
  CHECK(site.settled({{"xb", decision}}).judgement.verdict.decision == decision);
}

TEST_CASE("of several ccTLDs those that are to be asked about are settled") {
  Settling site;
  site.said(QuestionState::confirmed);
  const RecipientJudgement judged = site.settled({{"xa", Decision::ask}, {"xb", Decision::accept}});
  const Verdict& verdict = judged.judgement.verdict;
  CHECK(verdict.decision == Decision::accept);
  CHECK(verdict.per_cctld[0].ground == Ground::contact_confirmed);
  CHECK(verdict.per_cctld[1].ground == Ground::contact_in_copy);
}

TEST_CASE("what the contacts have no say in stays as the policy decided") {
  Settling site;
  site.store.objection = kNoon;
  SECTION("a list that only observes") {
    site.list.policy.mode = Mode::observe;
    CHECK(site.settled({{"xa", Decision::ask}}).request_key.size() == 64);
  }
  SECTION("a request of another kind") {
    site.kind = RequestKind::unsubscribe;
  }
  const RecipientJudgement judged = site.settled({{"xa", Decision::ask}});
  CHECK(judged.judgement.verdict.decision == Decision::ask);
  CHECK(judged.judgement.verdict.ground == Ground::contact_in_copy);
  CHECK(judged.changes.empty());
  CHECK_FALSE(judged.ask_style);
}

TEST_CASE("a refusal of the policy is not taken back by an answer") {
  Settling site;
  site.said(QuestionState::confirmed);
  CHECK(site.settled({{"xa", Decision::reject}}).changes.empty());
}

}  // namespace ccgate
