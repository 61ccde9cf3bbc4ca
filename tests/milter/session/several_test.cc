// Several are asked about one request, from a message to what the store keeps.
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "milter/evidence/dns_zone.h"
#include "milter/scenario/scenario.h"
#include "milter/session/take_token.h"
#include "milter/store/token.h"
#include "milter/tool/explain_text.h"
#include "milter/tool/ledger_json.h"
#include "milter/tool/ledger_show.h"
#include "policy/rules/policy_yaml.h"
#include "tests/support/catch.h"
#include "tests/support/notice_site.h"
#include "tests/support/values.h"

using namespace ccgate;
using namespace ccgate::test;

namespace {

constexpr const char* kTwoOf = R"(ccgate: 1
policy: several
rules:
  - id: vouched
    when: [spf_aligned]
    then: {ask: {need: 2, of: [admin_contact, members]}}
    do: [{inform: nobody}]
default: reject
)";

Member member_of_xa(const char* email) {
  Member member;
  member.list = "tld-ops";
  member.cctld = "xa";
  member.address = member.email = email;
  member.since = kNoon - 1000;
  member.began_by = "import";
  return member;
}

class StoreBetween : public FailingStore {
 public:
  std::function<void()> before_record;
  Recorded record(const DecisionRecord& record) override {
    if (before_record) std::exchange(before_record, {})();
    return FailingStore::record(record);
  }
};

/// xa has a contact and two members, ben and cora.
struct Several {
  Several() {
    rules->config.store = "sqlite:/nowhere";
    rules->directory =
        std::make_shared<const Directory>(std::vector<CcTld>{cctld("xa", "hostmaster@nic.xa")},
                                          RegistryOverrides{}, std::vector<std::set<Address>>{});
    Issues issues;
    rules->lists.front().policy = *parse_policy(kTwoOf, "several.policy.yaml", issues);
    rules->index();
    services.store = &store;
    MemberChanges changes;
    changes.begun = {member_of_xa("ben@nic.xa"), member_of_xa("cora@nic.xa")};
    store.change_members(changes);
  }

  /// `author` subscribes for xa; what is decided, and on which ground.
  std::string bring(const std::string& author = "anne@nic.xa") {
    const auto zone = std::make_shared<ZoneResolver>();
    zone->add("nic.xa", RrType::txt, "v=spf1 ip4:192.0.2.1 -all");
    const std::string text = "From: " + author +
                             "\r\nTo: tld-ops-join@lists.example.org\r\nSubject: subscribe xa\r\n"
                             "Date: Tue, 15 Jan 2030 11:00:00 +0000\r\nMessage-ID: <" +
                             std::to_string(++messages) + "@nic.xa>\r\n\r\n";
    std::string decided;
    play_message(
        services, {rules, zone}, ClientAddress::parse("192.0.2.1"), "mx.nic.xa", author,
        {"tld-ops-join@lists.example.org"}, text,
        [&](const TransactionStart&, const std::vector<HeaderField>&, const TransactionResult& result) {
          id = result.decision_id;
          request_key = result.request_key;
          reply = result.answer.reply.text;
          decided = std::string(to_string(result.verdict.decision)) + ", " +
                    std::string(to_string(result.verdict.ground));
        });
    return decided;
  }
  /// What becomes of the answer of `who` to the question about the last request.
  std::string answer(const std::string& who, bool says_no = false) {
    Ruleset::Own own{&rules->lists.front(), {}};
    for (const Question& question : store.questions_of(request_key)) {
      if (question.contact != who) continue;
      own.address.token = question.id + std::to_string(++tokens);
      store.add_token({token_hash(own.address.token), TokenPurpose::confirm, question.decision_id,
                       question.id, who, "tld-ops", question.expires, 0},
                      kNoon);
    }
    return std::string(take_answer({store, kNoon, who}, own, says_no).outcome);
  }
  /// Of mails that wait: `ask ben@nic.xa`.
  std::vector<std::string> waiting() {
    std::vector<std::string> all;
    for (const Task& task : store.claim("w", kNoon, 60, 100)) {
      all.push_back(std::string(to_string(task.kind)) + " " + task.to);
      store.finish(task, "w", {}, kNoon, {});
    }
    return all;
  }

  StoreBetween store;
  std::shared_ptr<Ruleset> rules = notice_rules();
  int messages = 0, tokens = 0;
  std::string id, request_key, reply;
  DkimVerifier dkim;
  Services services{dkim, [] { return kNoon; }};
};

using StillWaiting = std::vector<std::string>;

}  // namespace

TEST_CASE("several: two members let a third in, and the contact is told") {
  Several f;
  CHECK(f.bring() == "ask, contact_asked");
  CHECK_THAT(f.reply, contains("asked hostmaster@nic.xa and members of the list to confirm"));
  CHECK(f.waiting() == StillWaiting{"ask ben@nic.xa", "ask cora@nic.xa", "ask hostmaster@nic.xa"});
  CHECK(f.answer("ben@nic.xa") == "confirmed");
  CHECK(f.bring() == "ask, contact_asked");
  CHECK(f.waiting().empty());  // nobody is asked twice
  CHECK(f.answer("cora@nic.xa") == "confirmed");
  CHECK(f.bring() == "accept, contact_confirmed");
  CHECK(f.waiting() == StillWaiting{"inform hostmaster@nic.xa"});
  const auto entry = f.store.find_entry(f.id);
  REQUIRE(entry);
  CHECK_THAT(explain_text(nlohmann::ordered_json::parse(entry->explanation)),
             contains("enough of those who were asked said yes: 2 of 2 for .xa; ben@nic.xa, cora@nic.xa"));
  MemberFilter anne;
  anne.address = "anne@nic.xa";
  const auto members = f.store.members(anne);
  REQUIRE(members.size() == 1);
  CHECK(members[0].voucher.empty());  // no contact has stood for her
  CHECK(f.answer("hostmaster@nic.xa", true) == "too_late");
}

TEST_CASE("several: who was asked as what, and what each said, is shown") {
  Several f;
  CHECK(f.bring() == "ask, contact_asked");
  const auto entry = f.store.find_entry(f.id);
  REQUIRE(entry);
  CHECK(f.answer("ben@nic.xa") == "confirmed");
  CHECK(f.answer("cora@nic.xa", true) == "refused");
  const LedgerStory story{*entry, f.store.events_of(f.id), f.store.questions_by_decision(f.id)};
  const std::string text = show_decision(story);
  CHECK_THAT(text, contains("ben@nic.xa, member, for .xa: confirmed 2030-01-15T12:00:00Z"));
  CHECK_THAT(text, contains("cora@nic.xa, member, for .xa: refused 2030-01-15T12:00:00Z"));
  CHECK_THAT(text, contains("hostmaster@nic.xa, admin contact, for .xa: open"));
  CHECK(show_decision_json(story)["questions"][0]["asked_as"] == "members");
}

TEST_CASE("several: what is said between decision and record counts") {
  Several f;
  CHECK(f.bring() == "ask, contact_asked");
  CHECK(f.answer("ben@nic.xa") == "confirmed");
  CHECK(f.answer("cora@nic.xa") == "confirmed");
  SECTION("the contact says no") {
    f.store.before_record = [&] { CHECK(f.answer("hostmaster@nic.xa", true) == "refused"); };
    CHECK(f.bring() == "reject, contact_refused");
  }
  SECTION("a member takes its yes back") {
    f.store.before_record = [&] { CHECK(f.answer("cora@nic.xa", true) == "refused"); };
    CHECK(f.bring() == "ask, contact_asked");
  }
  SECTION("a member is one no more") {
    f.store.before_record = [&] {
      MemberChanges changes;
      changes.ended.push_back({"tld-ops", "xa", "cora@nic.xa", kNoon, "hand"});
      f.store.change_members(changes);
    };
    CHECK(f.bring() == "ask, contact_asked");
  }
  MemberFilter anne;
  anne.address = "anne@nic.xa";
  CHECK(f.store.members(anne).empty());
}

TEST_CASE("several: another contact is asked anew, and the word of the one before is gone") {
  Several f;
  CHECK(f.bring() == "ask, contact_asked");
  CHECK(f.answer("ben@nic.xa") == "confirmed");
  CHECK(f.answer("hostmaster@nic.xa") == "confirmed");
  (void)f.waiting();
  f.rules->directory = std::make_shared<const Directory>(
      std::vector<CcTld>{cctld("xa", "new@nic.xa")}, RegistryOverrides{}, std::vector<std::set<Address>>{});
  CHECK(f.bring() == "ask, contact_asked");
  CHECK(f.waiting() == StillWaiting{"ask new@nic.xa"});
  CHECK(f.answer("new@nic.xa") == "confirmed");
  CHECK(f.bring() == "accept, contact_confirmed");
}

TEST_CASE("several: without enough people a person decides") {
  Several f;
  CHECK(f.bring("hostmaster@nic.xa") == "ask, contact_asked");  // the two members are enough
  CHECK(f.waiting() == StillWaiting{"ask ben@nic.xa", "ask cora@nic.xa"});
  MemberChanges changes;
  changes.ended.push_back({"tld-ops", "xa", "cora@nic.xa", kNoon, "hand"});
  f.store.change_members(changes);
  CHECK(f.bring("hostmaster@nic.xa") == "hold, too_few_to_ask");
  CHECK(f.waiting() ==
        StillWaiting{"hook removed", "tell_owner "});  // of the member, and that it is held; nobody is asked
  CHECK(f.store.find_entry(f.id)->verdict == "hold");
}
