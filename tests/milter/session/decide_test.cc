#include "milter/session/decide.h"

#include <deque>
#include <functional>
#include <stdexcept>
#include <utility>

#include "policy/rules/policy_yaml.h"
#include "tests/support/catch.h"
#include "tests/support/notice_site.h"
#include "tests/support/values.h"

namespace ccgate {
namespace {

using namespace test;

constexpr const char* kDecidedPolicy = R"(ccgate: 1
policy: decided
rules:
  - {id: own, for: [subscribe], when: [spf_aligned, from_is_admin_contact], then: accept}
  - {id: copied, for: [subscribe], when: [spf_aligned, admin_contact_copied], then: ask}
default: reject
)";

/// Says of the first records what it is told to, and whatever a test does meanwhile happens then.
class BusyStore : public FailingStore {
 public:
  std::deque<Recorded> outcomes;
  std::function<void()> meanwhile;
  int asked = 0;
  Recorded record(const DecisionRecord& record) override {
    ++asked;
    if (meanwhile) std::exchange(meanwhile, {})();
    if (outcomes.empty()) return FailingStore::record(record);
    const Recorded outcome = outcomes.front();
    outcomes.pop_front();
    return outcome;
  }
};

/// A subscription for xa that has ended, by `author`, with the contact in copy.
struct Ended {
  explicit Ended(const char* author = "anne@evil.example")
      : text{address(author), {}, {}, {}, {}, "", {}, "", {}} {
    rules->config.store = "sqlite:/nowhere";
    rules->directory =
        std::make_shared<const Directory>(std::vector<CcTld>{cctld("xa", "hostmaster@nic.xa")},
                                          RegistryOverrides{}, std::vector<std::set<Address>>{});
    Issues issues;
    rules->lists.front().policy = *parse_policy(kDecidedPolicy, "decided.policy.yaml", issues);
    rules->index();
    services.store = &store;
    start.recipients = {read_recipient(*rules, "<tld-ops-join@lists.example.org>", "")};
    text.to = {address("tld-ops-join@lists.example.org")};
    text.cc = {address("hostmaster@nic.xa")};
    text.subject = "subscribe xa";
    fields = {{"From", std::string(" ") + author},
              {"To", " tld-ops-join@lists.example.org"},
              {"Cc", " hostmaster@nic.xa"},
              {"Subject", " subscribe xa"},
              {"Message-ID", " <1@example>"}};
    envelope = {text.author, false};
    evidence.spf = {AuthResult::pass, text.author.domain(), ""};
  }
  [[nodiscard]] Gathered gathered() const {
    Gathered mail{services, *rules, start, envelope, fields, kNoon, &text};
    mail.evidence = evidence;
    return mail;
  }
  [[nodiscard]] TransactionResult decided() const { return decide(gathered()); }

  BusyStore store;
  std::shared_ptr<Ruleset> rules = notice_rules();
  DkimVerifier dkim;
  Services services{dkim, [] { return kNoon; }};
  TransactionStart start;
  Envelope envelope;
  Message text;
  std::vector<HeaderField> fields;
  Evidence evidence;
};

}  // namespace

TEST_CASE("what is none of our business is neither judged nor recorded") {
  Ended mail;
  Gathered untouched = mail.gathered();
  untouched.untouched = true;
  const TransactionResult passed = decide(untouched);
  CHECK(passed.passes_untouched);
  CHECK(passed.answer.kind == Answer::Kind::accept);
  CHECK_FALSE(passed.decided);
  Gathered bounce = mail.gathered();
  bounce.bounce_of_mta = true;
  const TransactionResult dropped = decide(bounce);
  CHECK(dropped.bounce_discarded);
  CHECK(dropped.answer.kind == Answer::Kind::discard);
  CHECK(mail.store.asked == 0);
}

TEST_CASE("mail with a fault is refused before any policy is asked, and recorded") {
  Ended mail;
  Gathered faulty = mail.gathered();
  faulty.message = nullptr;
  faulty.fault = Fault{Fault::Kind::malformed, "two authors"};
  const TransactionResult result = decide(faulty);
  CHECK(result.verdict.ground == Ground::malformed);
  CHECK(result.answer.kind == Answer::Kind::reject);
  CHECK(result.list == "tld-ops");
  CHECK_FALSE(result.decided);
  CHECK(mail.store.find_entry(result.decision_id));
}

TEST_CASE("a decision is recorded before it is answered, and somebody hears of it") {
  Ended mail("hostmaster@nic.xa");
  int heard = 0;
  mail.services.recorded = [&] { ++heard; };
  const TransactionResult result = mail.decided();
  CHECK(result.verdict.decision == Decision::accept);
  CHECK(result.told == std::vector<Address>{address("hostmaster@nic.xa")});
  REQUIRE(mail.store.find_entry(result.decision_id));
  CHECK(mail.store.find_entry(result.decision_id)->verdict == "accept");
  CHECK(heard == 1);
}

TEST_CASE("without a store nothing is recorded") {
  Ended mail("hostmaster@nic.xa");
  mail.services.store = nullptr;
  mail.rules->config.store.clear();
  CHECK(mail.decided().verdict.decision == Decision::accept);
  CHECK(mail.store.asked == 0);
}

TEST_CASE("where the store fails there is no answer") {
  Ended mail("hostmaster@nic.xa");
  mail.store.failing = true;
  CHECK_THROWS_AS(mail.decided(), StoreError);
}

TEST_CASE("what the policy said is kept beside what was made of it") {
  Ended mail;
  const TransactionResult result = mail.decided();
  CHECK(ruling_of(result.verdict) == Ruling{Decision::ask, Ground::contact_asked, "copied"});
  REQUIRE(result.judgements.size() == 1);
  CHECK(result.judgements[0].said == std::vector<Ruling>{{Decision::ask, Ground::contact_in_copy, "copied"}});
}

TEST_CASE("a text of which there was more cannot be read: so says the policy itself") {
  Ended mail;
  mail.start.recipients = {read_recipient(*mail.rules, "<tld-ops-request@lists.example.org>", "")};
  mail.text.to = {address("tld-ops-request@lists.example.org")};
  mail.text.subject = mail.fields[3].value = "help";
  Gathered cut = mail.gathered();
  cut.truncated = true;
  const TransactionResult result = decide(cut);
  CHECK(result.verdict.ground == Ground::malformed);
  REQUIRE(result.judgements.size() == 1);
  for (const Ruling& said : result.judgements[0].said) CHECK(said.ground == Ground::malformed);
  CHECK(result.changes.empty());
}

TEST_CASE("what is beyond a bound when it is recorded is put off, and that is recorded") {
  Ended mail;
  mail.store.outcomes = {Recorded::over_budget};
  const TransactionResult result = mail.decided();
  CHECK(ruling_of(result.verdict) == Ruling{Decision::tempfail, Ground::flood});
  CHECK(result.answer.kind == Answer::Kind::tempfail);
  REQUIRE(result.changes.size() == 1);
  CHECK(result.changes[0].step == DecisionStep::bounds);
  CHECK(mail.store.asked == 2);
  CHECK(mail.store.find_entry(result.decision_id)->verdict == "tempfail");
  CHECK(mail.store.claim("w", kNoon, 60, 10).empty());
}

TEST_CASE("whoever recorded the same message first has decided it") {
  Ended mail("hostmaster@nic.xa"), first("hostmaster@nic.xa");
  std::string before;
  first.services.store = &mail.store;
  mail.store.meanwhile = [&] { before = first.decided().decision_id; };
  const TransactionResult result = mail.decided();
  CHECK(result.repeated);
  CHECK(result.decision_id == before);
  CHECK_FALSE(before.empty());
}

TEST_CASE("when an answer that it rests on is withdrawn it is judged anew, under its id") {
  Ended mail;
  mail.store.outcomes = {Recorded::approval_withdrawn};
  const TransactionResult result = mail.decided();
  CHECK(result.verdict.decision == Decision::ask);
  CHECK(result.judgements.size() == 1);
  CHECK(mail.store.asked == 2);
  CHECK(mail.store.find_entry(result.decision_id));
}

TEST_CASE("what changes for ever is nobody's to answer") {
  Ended mail;
  mail.store.outcomes.assign(4, Recorded::approval_withdrawn);
  CHECK_THROWS_AS(mail.decided(), std::runtime_error);
  CHECK(mail.store.asked == 4);
}

}  // namespace ccgate
