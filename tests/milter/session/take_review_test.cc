#include "milter/session/take_review.h"

#include "milter/evidence/dns_zone.h"
#include "milter/notice/payload.h"
#include "milter/session/own_mail.h"
#include "milter/store/removal.h"
#include "milter/store/token.h"
#include "tests/support/catch.h"
#include "tests/support/notice_site.h"

using namespace ccgate;
using namespace ccgate::test;

namespace {

const std::string kReviewCode = std::string(26, 'c');

Member on_list(const std::string& cctld, const std::string& address, std::int64_t since = kNoon - 1000) {
  Member one;
  one.list = "tld-ops";
  one.cctld = cctld;
  one.address = one.email = address;
  one.since = since;
  one.began_by = "import";
  return one;
}

/// The contact of xa and xb was asked at noon; xc has another.
struct ReviewedSite {
  explicit ReviewedSite(std::int64_t newest = 1000) {
    std::vector<CcTld> cctlds;
    for (const auto& [label, contact] : std::vector<std::pair<std::string, std::string>>{
             {"xa", "hostmaster@nic.xa"}, {"xb", "hostmaster@nic.xa"}, {"xc", "hostmaster@nic.xc"}}) {
      cctlds.push_back({*Domain::parse(label), {}, "", std::nullopt, std::nullopt, ""});
      cctlds.back().contacts.emplace(Role::admin,
                                     Contact{*Address::parse(contact), "", kNoon, kNoon, std::nullopt});
    }
    rules->directory =
        std::make_shared<const Directory>(cctlds, RegistryOverrides{}, std::vector<std::set<Address>>{});
    rules->config.store = "sqlite:/nowhere";
    rules->index();
    services.store = &store;
    store.change_members(
        {{},
         {on_list("xa", "anne@nic.xa"), on_list("xb", "anne@nic.xa"), on_list("xa", "ben@nic.xa"),
          on_list("xc", "cleo@nic.xc"), on_list("xa", "dora@nic.xa", kNoon + 10)},
         {}});
    OwnEntry own;
    own.entry = notice_entry("r1");
    own.entry.request = "review";
    own.entry.cctlds = {"xa", "xb"};
    const std::string payload = write_payload(ReviewPayload{newest});
    own.entry.verdict = "";
    own.entry.explanation = payload;
    Question question = notice_question("r1");
    question.cctlds = own.entry.cctlds;
    question.request_key = review_key("tld-ops", "hostmaster@nic.xa");
    question.expires = kNoon + 60 * 86400;
    own.question = question;
    own.task = ask_task("r1");
    REQUIRE(store.begin(own));
    store.add_token({token_hash(kReviewCode), TokenPurpose::confirm, "r1", question.id, question.contact,
                     "tld-ops", question.expires, 0},
                    kNoon);
  }

  /// The outcome of a plain mail with this text.
  std::string answer(const std::string& text, const std::vector<HeaderField>& fields = {},
                     const char* kind = "vouch") {
    TransactionStart start;
    start.mail_from = "<ben@elsewhere.example>";
    start.recipients = {read_recipient(
        *rules, "<tld-ops-" + std::string(kind) + "+" + kReviewCode + "@lists.example.org>", "")};
    OwnMail mail{services, {rules, std::make_shared<ZoneResolver>()}, start};
    mail.header("From", " ben@elsewhere.example");
    mail.header("Subject", " Re: tld-ops: who is on the list for .xa, .xb? (r1)");
    for (const HeaderField& field : fields) mail.header(field.name, field.value);
    mail.body(text);
    refused = mail.finish().answer.kind == Answer::Kind::reject;
    return std::string(mail.taken().front().outcome);
  }
  /// Those who are members, `+` where a contact stands for them.
  std::string members() {
    std::string text;
    for (const Member& member : store.members({}))
      text += (text.empty() ? "" : " ") + member.cctld + ":" + member.address.substr(0, 1) +
              (member.checked != 0 ? "+" : "");
    return text;
  }
  /// What the owner is told, and whom the hook.
  std::vector<std::string> told() {
    std::vector<std::string> all;
    for (const Task& task : store.claim("w", kNoon + 10'000, 60, 100)) {
      if (task.kind == TaskKind::tell_owner) {
        const auto payload = read_owner_payload(task.payload);
        all.push_back(std::string(to_string(payload->what)) + " " + payload->detail);
      }
      if (task.kind == TaskKind::hook) all.push_back("hook " + read_removal(task.payload)->address);
      store.finish(task, "w", {}, kNoon, {});
    }
    return all;
  }

  FailingStore store;
  std::shared_ptr<Ruleset> rules = notice_rules();
  DkimVerifier dkim;
  std::int64_t now = kNoon + 100;
  Services services{dkim, [this] { return now; }};
  bool refused = false;
};

using Told = std::vector<std::string>;

}  // namespace

TEST_CASE("review: a yes stands for who was there when it was asked") {
  ReviewedSite site;
  CHECK(site.answer("yes\r\n") == "checked");
  CHECK(site.members() == "xa:a+ xa:b+ xa:d xb:a+ xc:c");
  MemberFilter filter;
  filter.address = "anne@nic.xa";
  CHECK(site.store.members(filter).front().voucher == "hostmaster@nic.xa");
  CHECK(site.answer("yes\r\n") == "repeated");
  CHECK_FALSE(site.refused);
  CHECK(site.told() == Told{});
  CHECK(site.store.events_of("r1").size() == 1);
}

TEST_CASE("review: a no that names somebody removes whom it names, and keeps the others") {
  ReviewedSite site;
  CHECK(site.answer("no anne@nic.xa\r\n\r\nBen\r\n") == "removed");
  CHECK(site.members() == "xa:b+ xa:d xc:c");
  CHECK(site.told() ==
        Told{"hook anne@nic.xa",
             "reviewed It had removed: anne@nic.xa. The answer came from ben@elsewhere.example."});
  // A second thought counts too.
  CHECK(site.answer("no ben@nic.xa\r\n") == "removed");
  CHECK(site.members() == "xa:d xc:c");
  CHECK(site.answer("no ben@nic.xa\r\n") == "unclear");
  CHECK(site.refused);
}

TEST_CASE("review: whom it does not name, it does not remove") {
  ReviewedSite site;
  const std::string before = site.members();
  for (const char* text : {"no cleo@nic.xc\r\n", "no dora@nic.xa\r\n", "no anne@nic.xa, eve@nic.xa\r\n"}) {
    INFO(text);
    CHECK(site.answer(text) == "unclear");
    CHECK(site.refused);
    CHECK(site.members() == before);
  }
}

TEST_CASE("review: many who leave are told to the owner with a short key") {
  ReviewedSite site;
  std::string text = "no ";
  for (int i = 0; i < 50; ++i) {
    const std::string address = std::string(60, 'a') + std::to_string(i) + "@nic.xa";
    site.store.change_members({{}, {on_list("xa", address)}, {}});
    text += (i == 0 ? "" : ",\r\nno ") + address;
  }
  CHECK(site.answer(text + "\r\n") == "removed");
  for (const Task& task : site.store.claim("w", kNoon + 10'000, 60, 200)) {
    if (task.kind != TaskKind::tell_owner) continue;
    CHECK(task.key.size() < 200);
    CHECK(task.key.find("aaaa") == std::string::npos);
  }
}

TEST_CASE("review: whoever was written down later with an older date is not in it") {
  ReviewedSite site(1);  // Anne, of xa
  CHECK(site.answer("no ben@nic.xa\r\n") == "unclear");
  CHECK(site.answer("yes\r\n") == "checked");
  CHECK(site.members() == "xa:a+ xa:b xa:d xb:a xc:c");
}

TEST_CASE("review: a bare no ends nothing, and the owner is told") {
  const char* kind = GENERATE("vouch", "reject");
  ReviewedSite site;
  const std::string before = site.members();
  CHECK(site.answer("no\r\n", {}, kind) == "refused");
  CHECK_FALSE(site.refused);
  CHECK(site.members() == before);
  CHECK(site.told() ==
        Told{"reviewed It said no and did not say to whom. Nobody was removed. The answer came from "
             "ben@elsewhere.example."});
  CHECK(site.answer("yes\r\n") == "answered_before");
  CHECK(site.refused);
  CHECK(site.members() == before);
  CHECK(site.answer("no anne@nic.xa\r\n") == "removed");
}

TEST_CASE("review: what is no answer changes nothing") {
  ReviewedSite site;
  const std::string before = site.members();
  CHECK(site.answer("Who is Anne?\r\n") == "unclear");
  CHECK(site.refused);
  CHECK(site.answer("Name: Eve\r\nE-mail: eve@nic.xa\r\nPhone: +999 1\r\n") == "unclear");
  CHECK(site.answer("I am away.\r\n", {{"Auto-Submitted", " auto-replied"}}) == "ignored");
  CHECK(site.answer("no anne@nic.xa\r\n", {{"Auto-Submitted", " auto-generated"}}) != "removed");
  CHECK(site.answer("yes\r\n", {{"Auto-Submitted", " auto-replied"}}) == "unclear");
  CHECK(site.members() == before);
}

TEST_CASE("review: what people do not see removes nobody") {
  const auto* const body =
      GENERATE("<p>Hello</p><p style=\"display:none\">no anne@nic.xa</p>\r\n",
               "<p style=\"display:none\">no anne@nic.xa</p>\r\n",
               "<p>Hello</p><p style=\"font-size:0\">no anne@nic.xa</p>\r\n",
               "<p><s>no anne@nic.xa</s></p>\r\n", "<p><del>no anne@nic.xa</del></p><p>Ben</p>\r\n",
               "<p>no anne@nic.xa <span hidden>ben@nic.xa</span></p>\r\n");
  ReviewedSite site;
  const std::string before = site.members();
  CHECK(site.answer(body, {{"Content-Type", " text/html; charset=utf-8"}, {"MIME-Version", " 1.0"}}) ==
        "unclear");
  CHECK(site.members() == before);
}

TEST_CASE("review: a bare no that is signed with an address removes nobody") {
  ReviewedSite site;
  site.store.change_members(
      {{}, {on_list("xa", "ben@elsewhere.example"), on_list("xa", "hostmaster@nic.xa")}, {}});
  const std::string before = site.members();
  for (const char* text : {"No, ben@elsewhere.example\r\n", "no hostmaster@nic.xa\r\n",
                           "no anne@nic.xa,\r\nben@elsewhere.example\r\n", "NO - Hostmaster@NIC.xa\r\n"}) {
    INFO(text);
    CHECK(site.answer(text) == "unclear");
    CHECK(site.refused);
    CHECK(site.members() == before);
  }
  CHECK(site.answer("remove ben@elsewhere.example\r\n") == "removed");
}

TEST_CASE("review: whoever is named beside the answer makes it unclear") {
  ReviewedSite site;
  const std::string before = site.members();
  for (const char* text :
       {"yes\r\n\r\nBen Beispiel\r\nFormer: anne@nic.xa\r\n", "yes\r\n\r\n-- \r\nAnne <anne[@]nic[.]xa>\r\n",
        "no anne@nic.xa\r\n\r\nRegards\r\nBen (ben@nic.xa)\r\n",
        "no anne@nic.xa\r\n\r\nBen\r\n\r\nalso ben@nic.xa, please\r\n"}) {
    INFO(text);
    CHECK(site.answer(text) == "unclear");
    CHECK(site.refused);
    CHECK(site.members() == before);
  }
  // Who signs is no member, or writes the mail.
  CHECK(site.answer("no anne@nic.xa\r\n\r\nRegards\r\nBen, hostmaster@nic.xa, ben@elsewhere.example\r\n") ==
        "removed");
}

TEST_CASE("review: who is no longer the contact has no say") {
  ReviewedSite site;
  std::vector<CcTld> cctlds(site.rules->directory->all());
  cctlds.front().contacts.at(Role::admin).email = *Address::parse("new@nic.xa");
  site.rules->directory =
      std::make_shared<const Directory>(cctlds, RegistryOverrides{}, std::vector<std::set<Address>>{});
  CHECK(site.answer("no ben@nic.xa\r\n") == "unclear");
  CHECK(site.answer("yes\r\n") == "checked");
  CHECK(site.members() == "xa:a xa:b xa:d xb:a+ xc:c");
  CHECK(site.answer("no anne@nic.xa\r\n") == "removed");
  CHECK(site.members() == "xa:a xa:b xa:d xc:c");
  CHECK(site.told() ==
        Told{"unclear ben@elsewhere.example; it says no to somebody who is not on the list",
             "reviewed It had removed: anne@nic.xa. The answer came from ben@elsewhere.example."});
}

TEST_CASE("review: the owner hears of what is unclear behind any answer") {
  const std::string first = GENERATE("no\r\n", "yes\r\n", "no anne@nic.xa\r\n");
  ReviewedSite site;
  CHECK(site.answer(first) != "unclear");
  (void)site.told();
  CHECK(site.answer("What is this?\r\n") == "unclear");
  CHECK(site.refused);
  CHECK(site.told() ==
        Told{"unclear ben@elsewhere.example; it says neither yes nor who does not belong there"});
}

TEST_CASE("review: the ledger says how many were removed") {
  ReviewedSite site;
  CHECK(site.answer("no anne@nic.xa, ben@nic.xa\r\n") == "removed");
  const std::vector<LedgerEvent> events = site.store.events_of("r1");
  REQUIRE_FALSE(events.empty());
  CHECK(events.back().kind == EventKind::confirmed);
  CHECK(events.back().detail == "removed 2; ben@elsewhere.example");
}

TEST_CASE("review: an answer when its time is over") {
  const char* const text = GENERATE("yes\r\n", "What is this?\r\n", "no anne@nic.xa\r\n",
                                    "Name: Eve\r\nE-mail: eve@nic.xa\r\nPhone: +999 1\r\n");
  ReviewedSite site;
  site.now = kNoon + 61 * 86400;
  CHECK(site.answer(text) == "expired");
  CHECK(site.refused);
  CHECK(site.told().empty());
  CHECK(site.members() == "xa:a xa:b xa:d xb:a xc:c");
}
