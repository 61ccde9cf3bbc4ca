#include "milter/ledger/membership.h"

#include "milter/ledger/ledger_entry.h"
#include "policy/verdict/evaluate.h"
#include "tests/support/catch.h"
#include "tests/support/notice_site.h"
#include "tests/support/values.h"

namespace ccgate {
namespace {

using namespace test;

/// xa and xb have contacts at nic.xa and nic.xb; xc has another admin than tech contact.
struct Joining {
  explicit Joining(RequestKind kind = RequestKind::subscribe) {
    rules->directory = std::make_shared<const Directory>(
        std::vector<CcTld>{cctld("xa", "hostmaster@nic.xa"), cctld("xb", "Admin@nic.xb"),
                           cctld("xc", "admin@nic.xc", "tech@nic.xc")},
        RegistryOverrides{}, std::vector<std::set<Address>>{});
    rules->lists.front().policy.authority = {Role::admin};
    rules->lists.front().policy.mode = Mode::enforce;
    result.decision_id = "7k2m9qx40c1d";
    result.list = "tld-ops";
    RecipientJudgement judged{nullptr, &gated, {}};
    judged.judgement.request.kind = kind;
    result.judgements = {std::move(judged)};
  }

  Request& request() { return result.judgements.front().judgement.request; }
  void accept(const std::vector<const char*>& labels, Ground ground = Ground::author_is_contact) {
    std::vector<CcTldVerdict> per_cctld;
    for (const char* label : labels) {
      request().cctlds.insert(domain(label));
      CcTldVerdict each;
      each.cctld = domain(label);
      each.decision = Decision::accept;
      each.ground = ground;
      per_cctld.push_back(std::move(each));
    }
    if (per_cctld.empty()) per_cctld.push_back({std::nullopt, Decision::accept, ground, "", {}, {}, {}, {}});
    result.judgements.front().judgement.verdict = strictest(std::move(per_cctld));
    result.verdict = result.judgements.front().judgement.verdict;
  }
  MemberChanges changes() {
    Evidence evidence;
    if (text_is_authentic) evidence.spf = {AuthResult::pass, author.domain(), ""};
    Memory memory{nullptr, *rules, kNoon, evidence, authenticated, author.domain().ascii()};
    memory.author = author;
    std::vector<HeaderField> fields{{"From", " " + author.text()}};
    if (!to.empty()) fields.push_back({"To", " " + to});
    if (!cc.empty()) fields.push_back({"cc", " " + cc});
    return membership_of(memory, fields, result);
  }
  /// `CCTLD ADDRESS by VOUCHER` of those that begin, `CCTLD ADDRESS ends` of the others.
  std::vector<std::string> told() {
    std::vector<std::string> all;
    const MemberChanges all_changes = changes();
    for (const Member& member : all_changes.begun)
      all.push_back(member.cctld + " " + member.address + " by " + member.voucher);
    for (const MemberEnd& end : all_changes.ended) all.push_back(end.cctld + " " + end.address + " ends");
    return all;
  }

  std::shared_ptr<Ruleset> rules = notice_rules();
  Ruleset::Gated gated{&rules->lists.front(), {}};
  Truth authenticated = Truth::yes;
  bool text_is_authentic = true;
  Address author = address("Anne@nic.xa");
  std::string to = "tld-ops-request@lists.example.org", cc;
  TransactionResult result;
};

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("everybody of an accepted form is a member, for each of its ccTLDs") {
  Joining mail;
  mail.author = address("hostmaster@nic.xa");
  mail.request().people = {{"\xc3\x84nne", address("Anne@nic.xa"), "+999 1"},
                           {"Ben", address("ben@nic.xa"), ""},
                           {"Nobody", std::nullopt, "+999 2"}};
  mail.accept({"xa", "xb"});
  const MemberChanges changes = mail.changes();
  CHECK(changes.ended.empty());
  REQUIRE(changes.begun.size() == 4);
  CHECK(changes.begun.front() == Member{.list = "tld-ops",
                                        .cctld = "xa",
                                        .address = "anne@nic.xa",
                                        .email = "Anne@nic.xa",
                                        .name = "\xc3\x84nne",
                                        .phone = "+999 1",
                                        .other_email = "",
                                        .since = kNoon,
                                        .began_by = "7k2m9qx40c1d",
                                        .checked = kNoon,
                                        .voucher = "hostmaster@nic.xa"});
  CHECK(mail.told() == Texts{"xa anne@nic.xa by hostmaster@nic.xa", "xa ben@nic.xa by hostmaster@nic.xa",
                             "xb anne@nic.xa by ", "xb ben@nic.xa by "});
  CHECK(changes.begun.back().checked == 0);
}

TEST_CASE("the author is a member where nobody is named") {
  Joining mail;
  mail.cc = "Hostmaster <HOSTMASTER@nic.xa>";
  mail.accept({"xa"}, Ground::contact_in_copy);
  CHECK(mail.told() == Texts{"xa anne@nic.xa by hostmaster@nic.xa"});
  SECTION("and beside those named, where the list manager reads the mail") {
    mail.request().people = {{"Ben", address("ben@nic.xa"), ""}};
    CHECK(mail.told() == Texts{"xa ben@nic.xa by hostmaster@nic.xa"});
    mail.request().by_manager = true;
    CHECK(mail.told() == Texts{"xa anne@nic.xa by hostmaster@nic.xa", "xa ben@nic.xa by hostmaster@nic.xa"});
  }
  SECTION("nobody at a form's address, where it may be a question") {
    mail.gated.command.form = true;
    CHECK(mail.told().empty());
    mail.request().people = {{"Ben", address("ben@nic.xa"), ""}};
    CHECK(mail.told() == Texts{"xa ben@nic.xa by hostmaster@nic.xa"});
  }
  SECTION("nobody, where somebody is subscribed who is not known") {
    mail.request().others_unnamed = true;
    CHECK(mail.told().empty());
  }
}

TEST_CASE("of a text that is not authentic nobody but the author becomes a member") {
  Joining mail;
  mail.cc = "hostmaster@nic.xa";
  mail.text_is_authentic = false;
  mail.request().by_manager = true;
  mail.request().people = {{"Mallory", address("mallory@elsewhere.example"), ""}};
  mail.accept({"xa"}, Ground::contact_in_copy);
  CHECK(mail.told() == Texts{"xa anne@nic.xa by hostmaster@nic.xa"});
}

TEST_CASE("the contact that confirmed stood for it") {
  Joining mail;
  mail.author = address("stranger@elsewhere.example");
  Question question = notice_question();
  question.contact = "Hostmaster@nic.xa";
  question.cctlds = {"xa"};
  mail.accept({"xa", "xb"}, Ground::contact_confirmed);
  mail.result.judgements.front().approval.given_by = {question};
  CHECK(mail.told() ==
        Texts{"xa stranger@elsewhere.example by hostmaster@nic.xa", "xb stranger@elsewhere.example by "});
}

TEST_CASE("a member who says yes is no contact who stands for it") {
  Joining mail;
  mail.author = address("stranger@elsewhere.example");
  mail.cc = "";
  Question of_member = notice_question(), of_contact = notice_question();
  of_member.contact = "ben@nic.xa";
  of_contact.contact = "tech@nic.xa";
  of_member.cctlds = of_contact.cctlds = {"xa"};
  of_member.asked_as = Voucher::members;
  of_contact.asked_as = Voucher::tech_contact;
  mail.accept({"xa"}, Ground::contact_confirmed);
  auto& given_by = mail.result.judgements.front().approval.given_by;
  given_by = {of_member};
  CHECK(mail.told() == Texts{"xa stranger@elsewhere.example by "});
  given_by = {of_member, of_contact};
  CHECK(mail.told() == Texts{"xa stranger@elsewhere.example by tech@nic.xa"});
}

TEST_CASE("whose word counts is what the policy says") {
  Joining mail;
  mail.cc = "tech@nic.xc, admin@nic.xc";
  mail.accept({"xc"});
  CHECK(mail.told() == Texts{"xc anne@nic.xa by admin@nic.xc"});
  mail.rules->lists.front().policy.authority = {Role::tech};
  CHECK(mail.told() == Texts{"xc anne@nic.xa by tech@nic.xc"});
  mail.cc = "";
  CHECK(mail.told() == Texts{"xc anne@nic.xa by "});
}

TEST_CASE("nobody is a member by what is not let in for certain") {
  const RequestKind kind = GENERATE(RequestKind::subscribe, RequestKind::unsubscribe);
  Joining mail(kind);
  mail.cc = "hostmaster@nic.xa";
  mail.accept({"xa"});
  CHECK_FALSE(mail.changes().empty());
  SECTION("observed only") {
    mail.result.observed = Decision::accept;
  }
  SECTION("decided before") {
    mail.result.repeated = true;
  }
  SECTION("not authenticated") {
    mail.authenticated = GENERATE(Truth::no, Truth::unknown);
  }
  SECTION("decided otherwise") {
    const Decision other = GENERATE(Decision::ask, Decision::hold, Decision::tempfail, Decision::reject);
    mail.result.verdict.decision = other;
    mail.result.judgements.front().judgement.verdict.decision = other;
  }
  SECTION("not carried out") {
    mail.result.answer.kind = Answer::Kind::tempfail;
  }
  SECTION("the list only observes") {
    mail.rules->lists.front().policy.mode = Mode::observe;
  }
  SECTION("another kind") {
    mail.request().kind = GENERATE(RequestKind::confirm, RequestKind::other, RequestKind::owner);
  }
  CHECK(mail.changes().empty());
}

TEST_CASE("as many people of one request become members as the ledger keeps") {
  Joining mail;
  for (int i = 0; i < 60; ++i)
    mail.request().people.push_back({"", address("p" + std::to_string(i) + "@nic.xa"), ""});
  mail.request().people.front().name = std::string(300, 'x');
  mail.accept({"xa"});
  const MemberChanges changes = mail.changes();
  CHECK(changes.begun.size() == kKeptPeople);
  CHECK(changes.begun.front().name.size() == 200);
}

TEST_CASE("who leaves is no member any more") {
  Joining mail(RequestKind::unsubscribe);
  SECTION("for any ccTLD, where none is named") {
    mail.accept({});
    CHECK(mail.told() == Texts{" anne@nic.xa ends"});
  }
  SECTION("for those named") {
    mail.accept({"xa", "xb"});
    CHECK(mail.told() == Texts{"xa anne@nic.xa ends", "xb anne@nic.xa ends"});
  }
  SECTION("for any, where the list manager takes the address off") {
    mail.request().by_manager = true;
    mail.accept({"xa"});
    CHECK(mail.told() == Texts{" anne@nic.xa ends"});
  }
  SECTION("not where somebody else is meant") {
    mail.request().others_unnamed = true;
    mail.accept({});
    CHECK(mail.told().empty());
  }
}

TEST_CASE("another's membership ends by the contact's word alone") {
  Joining mail(RequestKind::unsubscribe);
  mail.request().people = {{"Ben", address("ben@nic.xa"), ""}};
  mail.accept({"xa", "xb"});
  SECTION("the contact writes") {
    mail.author = address("hostmaster@nic.xa");
    CHECK(mail.told() == Texts{"xa ben@nic.xa ends"});
    mail.text_is_authentic = false;
    CHECK(mail.told().empty());
  }
  SECTION("a colleague copies it") {
    mail.cc = "hostmaster@nic.xa";
    CHECK(mail.told() == Texts{"xa ben@nic.xa ends"});
  }
  SECTION("a colleague forgets to") {
    CHECK(mail.told().empty());
  }
  SECTION("a stranger copies it") {
    mail.author = address("mallory@elsewhere.example");
    mail.cc = "hostmaster@nic.xa";
    CHECK(mail.told().empty());
  }
}

}  // namespace ccgate
