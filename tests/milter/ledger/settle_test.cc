#include "milter/ledger/settle.h"

#include "policy/verdict/evaluate.h"
#include "policy/verdict/reply.h"
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
  std::vector<StoredVoucher> members;
  std::optional<std::int64_t> objection;
  std::vector<Question> questions_of(const std::string&) override { return questions; }
  std::vector<StoredVoucher> vouchers_of(const std::string& list, const std::string& cctld,
                                         std::size_t) override {
    return list == "tld-ops" && cctld == "xa" ? members : std::vector<StoredVoucher>{};
  }
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
    judged.judgement.request.people = people;
    std::vector<CcTldVerdict> per_cctld;
    for (const auto& [label, decision] : labels) {
      CcTldVerdict each;
      each.cctld = Domain::parse(label);
      each.decision = decision;
      each.ground = Ground::contact_in_copy;
      each.rule = "copied";
      if (decision == Decision::ask) each.quorum = quorum;
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
    if (state == QuestionState::confirmed || state == QuestionState::refused) question.answered = kNoon - 60;
    store.questions = {question};
  }
  /// Beside what was said.
  void says(const std::string& who, QuestionState state) {
    const auto before = store.questions;
    said(state);
    store.questions.front().id = who;
    store.questions.front().contact = who;
    store.questions.insert(store.questions.end(), before.begin(), before.end());
  }

  Contacts store;
  std::shared_ptr<Ruleset> rules = notice_rules();
  List& list = rules->lists.front();
  Ruleset::Gated gated{&list, {}};
  RequestKind kind = RequestKind::subscribe;
  std::optional<Quorum> quorum;
  std::vector<Person> people;
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

/// Two of the admin contact and the members, of whom there are two.
struct OfTwo : Settling {
  OfTwo() {
    quorum = Quorum{2, {Voucher::admin_contact, Voucher::members}};
    store.members = {{"ben@nic.xa", "ben@other.example"}, {"cora@nic.xa", ""}};
  }
};

TEST_CASE("the contact and the members are asked, who are not named to the author") {
  OfTwo site;
  const RecipientJudgement judged = site.settled({{"xa", Decision::ask}});
  CHECK(judged.approval.unasked.size() == 3);
  CHECK(judged.judgement.verdict.reply.text ==
        "asked hostmaster@nic.xa and members of the list to confirm; your mail server will try again");
  CHECK(judged.changes.at(0).why ==
        "it waits for the answer of ben@nic.xa, cora@nic.xa, hostmaster@nic.xa; said yes: 0 of 2 for .xa");
}

TEST_CASE("enough yeses let it in, and a no of the contact does not") {
  using enum QuestionState;
  OfTwo site;
  site.says("ben@nic.xa", confirmed);
  CHECK(site.settled({{"xa", Decision::ask}}).judgement.verdict.decision == Decision::ask);
  site.says("cora@nic.xa", confirmed);
  SECTION("two members agree") {
    const RecipientJudgement judged = site.settled({{"xa", Decision::ask}});
    CHECK(told(judged.changes.at(0)) == "contacts: ask => accept, contact_confirmed");
    CHECK(judged.changes[0].why ==
          "enough of those who were asked said yes: 2 of 2 for .xa; ben@nic.xa, cora@nic.xa");
    CHECK(judged.approval.members.size() == 2);
    CHECK(judged.judgement.verdict.per_cctld[0].quorum == site.quorum);  // so that the contact is told
  }
  SECTION("the contact does not") {
    site.says("hostmaster@nic.xa", refused);
    const RecipientJudgement judged = site.settled({{"xa", Decision::ask}});
    CHECK(told(judged.changes.at(0)) == "contacts: ask => reject, contact_refused");
  }
  SECTION("one is a member no more") {
    site.store.members.pop_back();
    const RecipientJudgement judged = site.settled({{"xa", Decision::ask}});
    CHECK(told(judged.changes.at(0)) == "contacts: ask => ask, contact_asked");
    CHECK(judged.approval.waiting_for == std::vector<Address>{address("hostmaster@nic.xa")});
  }
  SECTION("another ccTLD needs its own") {
    const RecipientJudgement judged = site.settled({{"xa", Decision::ask}, {"xb", Decision::ask}});
    CHECK(told(judged.changes.at(0)) == "contacts: ask => hold, too_few_to_ask");
  }
}

TEST_CASE("where there are too few to ask, a person decides, who is told why") {
  OfTwo site;
  SECTION("there are no members") {
    site.store.members.clear();
  }
  SECTION("the request is about them") {
    site.people = {{"", address("ben@nic.xa"), ""}, {"", address("Cora@nic.xa"), ""}};
  }
  SECTION("it is about another address of the one, and the other is the author") {
    site.people = {{"", address("ben@other.example"), ""}};
    site.store.members.back().email = "anne@evil.example";
  }
  SECTION("two addresses are one person's, and it is the contact") {
    site.store.members = {{"hostmaster@nic.xa", "ben@nic.xa"}, {"ben@nic.xa", ""}};
  }
  SECTION("a member cannot be written to") {
    static Smtputf8Offer offer;
    offer.learn(Truth::no);
    site.smtputf8 = &offer;
    site.store.members = {{"j\u00f6rg@nic.xa", ""}};
  }
  const RecipientJudgement judged = site.settled({{"xa", Decision::ask}});
  CHECK(told(judged.changes.at(0)) == "contacts: ask => hold, too_few_to_ask");
  CHECK(judged.changes[0].why == "for .xa the policy needs the word of 2, and 1 can be asked");
  CHECK_FALSE(judged.ask_style);
  CHECK(judged.approval.unasked.empty());
}

TEST_CASE("noes of members refuse where enough yeses cannot come any more") {
  using enum QuestionState;
  OfTwo site;
  site.says("ben@nic.xa", refused);
  CHECK(site.settled({{"xa", Decision::ask}}).judgement.verdict.decision == Decision::ask);
  site.says("cora@nic.xa", refused);
  const RecipientJudgement judged = site.settled({{"xa", Decision::ask}});
  CHECK(told(judged.changes.at(0)) == "contacts: ask => reject, contact_refused");
  CHECK(judged.judgement.verdict.reply == outvoted_reply());
  CHECK(judged.judgement.verdict.per_cctld[0].reply == outvoted_reply());
}

}  // namespace ccgate
