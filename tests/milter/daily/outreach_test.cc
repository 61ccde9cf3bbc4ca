#include "milter/daily/duties.h"

#include <algorithm>

#include "milter/daily/outreach_duty.h"
#include "milter/daily/outreach_letters.h"
#include "milter/outbox/worker.h"
#include "tests/support/catch.h"
#include "tests/support/notice_site.h"
#include "tests/support/values.h"

using namespace ccgate;
using namespace ccgate::test;

namespace {

constexpr std::int64_t kDayOfLetters = 86400;

class LetterBox : public Submitter {
 public:
  explicit LetterBox(std::vector<Mail>& sent) : sent_(sent) {}
  SubmitResult submit(const Mail& mail) override {
    sent_.push_back(mail);
    return {SubmitResult::Outcome::taken, "250 ok", false};
  }
  Truth offers_smtputf8() override { return Truth::unknown; }

 private:
  std::vector<Mail>& sent_;
};

/// Three ccTLDs of two contacts beside all others, which nobody knows a contact of.
struct LetterSite {
  LetterSite() {
    std::vector<CcTld> cctlds;
    for (const auto& [label, admin] :
         {std::pair("xa", "hostmaster@nic.xa"), std::pair("xb", "hostmaster@nic.xb"),
          std::pair("xc", "hostmaster@nic.xa")}) {
      cctlds.push_back({*Domain::parse(label), {}, "", std::nullopt, std::nullopt, ""});
      cctlds.back().contacts.emplace(Role::admin,
                                     Contact{*Address::parse(admin), "", kNoon - 100 * kDayOfLetters,
                                             kNoon - 100 * kDayOfLetters, std::nullopt});
    }
    rules->overrides.registries[*Domain::parse("xa")].region = Region::africa;
    rules->directory =
        std::make_shared<const Directory>(cctlds, rules->overrides, std::vector<std::set<Address>>{});
    ListConfig& list = rules->lists.front().config;
    list.outreach = OutreachPlan{};
    list.addresses.form = {*Address::parse("join@lists.example.org")};
  }
  [[nodiscard]] DailySite at(std::int64_t now) { return {*rules, store, now}; }
  [[nodiscard]] const ListConfig& list() const { return rules->lists.front().config; }
  /// What is told of those that begin now.
  std::vector<std::string> run(std::int64_t now) {
    const DailySite site = at(now);
    std::vector<std::string> told;
    for (const Duty duty : daily_duties())
      for (const Due& due : duty(site))
        if (due.begin()) told.push_back(due.told);
    return told;
  }
  /// The first `count` by hand.
  void invite(std::int64_t now, std::size_t count) {
    const DailySite site = at(now);
    const ListLetters read = read_letters(site, list());
    for (const Letter& letter : read.all)
      if (letter.kind == LetterKind::invite && count-- > 0)
        CHECK(due_letter(site, list(), letter, read.progress).begin());
  }
  void deliver(std::int64_t now) {
    OutboxWorker worker(
        {store,
         [this] { return rules; },
         [now] { return now; },
         "w",
         [this](const Submission&, const std::stop_token&) { return std::make_unique<LetterBox>(sent); },
         [](const LogLine&) {},
         {}});
    while (worker.run_once().tasks > 0) {
    }
  }
  void join(const std::string& cctld, std::int64_t now) {
    Member anne;
    anne.list = "tld-ops";
    anne.cctld = cctld;
    anne.address = anne.email = "anne@nic.xa";
    anne.since = now;
    anne.began_by = "import";
    store.change_members({{}, {anne}, {}});
  }
  void refuse(std::int64_t now, const std::string& ground = "contact_not_in_copy",
              const std::string& rule = "default") {
    DecisionRecord record;
    record.entry = notice_entry("refused1");
    record.entry.decided = now;
    record.entry.cctlds = {"xa"};
    record.entry.verdict = "reject";
    record.entry.ground = ground;
    record.entry.rule = rule;
    record.entry.keep_until = now + 400 * kDayOfLetters;
    store.record(record);
  }

  FailingStore store;
  std::shared_ptr<Ruleset> rules = notice_rules();
  std::vector<Mail> sent;
};

using Letters = std::vector<std::string>;
const Letters kFirst{"tld-ops: .xa, .xc, hostmaster@nic.xa is invited"};
const Letters kSecond{"tld-ops: .xb, hostmaster@nic.xb is invited"};

bool has(const Mail& mail, const std::string& text) {
  INFO(mail.message);
  return mail.message.find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("outreach: nothing goes before somebody was invited by hand") {
  LetterSite site;
  CHECK(site.run(kNoon).empty());
  site.invite(kNoon, 1);
  CHECK(site.run(kNoon) == kSecond);
  CHECK(site.run(kNoon).empty());
  CHECK(site.run(kNoon - kDayOfLetters).empty());
  CHECK(site.run(kNoon + kDayOfLetters).empty());
  site.rules->lists.front().config.outreach.reset();
  CHECK(site.run(kNoon + 14 * kDayOfLetters).empty());
}

TEST_CASE("outreach: so many a day, and a clock that goes back over midnight gives no more") {
  LetterSite site;
  site.rules->lists.front().config.outreach->per_day = 1;
  site.invite(kNoon, 1);
  CHECK(site.run(kNoon).empty());
  CHECK(site.run(kNoon - kDayOfLetters).empty());
  CHECK(site.run(kNoon + kDayOfLetters) == kSecond);
}

TEST_CASE("outreach: two that begin the same at once begin it once") {
  LetterSite site;
  site.invite(kNoon, 1);
  const DailySite first = site.at(kNoon), second = site.at(kNoon + 1);
  const auto here = letters_due(first), there = letters_due(second);
  REQUIRE(here.size() == 1);
  REQUIRE(there.size() == 1);
  CHECK(here.front().begin());
  CHECK_FALSE(there.front().begin());
  site.deliver(kNoon + 10);
  CHECK(site.sent.size() == 2);
}

TEST_CASE("outreach: the invitation, its reminders, and an end when they came") {
  LetterSite site;
  site.invite(kNoon, 1);
  site.deliver(kNoon + 10);
  REQUIRE(site.sent.size() == 1);
  const Mail& mail = site.sent.front();
  CHECK(mail.to.text() == "hostmaster@nic.xa");
  CHECK(mail.from.text().starts_with("tld-ops-notice+"));
  CHECK(has(mail, "Reply-To: join@lists.example.org\r\n"));
  CHECK(has(mail, "Subject: tld-ops: invitation for .xa, .xc\r\n"));
  CHECK(has(mail, "Auto-Submitted: auto-generated\r\n"));
  CHECK(has(mail, "0 of "));
  CHECK(has(mail, "  ccTLDs: .xa, .xc\r\n"));
  CHECK(has(mail, "charset=us-ascii\r\n"));
  (void)site.run(kNoon);
  site.deliver(kNoon + 20);

  site.refuse(kNoon + 3 * kDayOfLetters);
  CHECK(site.run(kNoon + 13 * kDayOfLetters).empty());
  CHECK(site.run(kNoon + 14 * kDayOfLetters) == Letters{"tld-ops: .xa, .xc, hostmaster@nic.xa is reminded",
                                                        "tld-ops: .xb, hostmaster@nic.xb is reminded"});
  CHECK(site.run(kNoon + 14 * kDayOfLetters).empty());
  site.sent.clear();
  site.deliver(kNoon + 14 * kDayOfLetters + 10);
  REQUIRE(site.sent.size() == 2);
  CHECK(has(site.sent.front(), "Subject: tld-ops: reminder: invitation for .xa, .xc\r\n"));
  CHECK(has(site.sent.front(), "15 January 2030"));
  CHECK(has(site.sent.front(),
            "  A request for .xa of 18 January 2030, 12:00 UTC was not let in:\r\n"
            "  anne[@]nic[.]xa wrote without hostmaster[@]nic[.]xa in Cc.\r\n"));
  CHECK(has(site.sent.front(), "  What anne[@]nic[.]xa can do: send it again with"));
  CHECK_FALSE(has(site.sent.back(), "was not let in"));

  site.join("xa", kNoon + 20 * kDayOfLetters);
  CHECK(site.run(kNoon + 35 * kDayOfLetters) == Letters{"tld-ops: .xb, hostmaster@nic.xb is reminded"});
  CHECK(site.run(kNoon + 400 * kDayOfLetters).empty());
}

TEST_CASE("outreach: nobody is written to who came between the letter and its mail") {
  LetterSite site;
  site.invite(kNoon, 2);
  site.join("xa", kNoon + 1);
  site.join("xb", kNoon + 1);
  site.deliver(kNoon + 10);
  REQUIRE(site.sent.size() == 1);
  CHECK(has(site.sent.front(), "Subject: tld-ops: invitation for .xc\r\n"));
}

TEST_CASE("outreach: a letter that waits is not sent to who declined, or is no longer the contact") {
  LetterSite site;
  site.invite(kNoon, 2);
  const auto entry = site.store.newest_of("tld-ops", "invite", kNoon + 1);
  REQUIRE(entry);
  LedgerEntry note = *entry;
  note.id = "declined";
  note.request = "note";
  note.rule = "decline";
  note.decided = kNoon - 5;  // by a clock that was set back
  note.cctlds = {"xa", "xc"};
  site.store.record({note, {}, {}, {}, {}});
  site.rules->directory = std::make_shared<const Directory>(
      std::vector<CcTld>{test::cctld("xa", "hostmaster@nic.xa"), test::cctld("xb", "new@nic.xb"),
                         test::cctld("xc", "hostmaster@nic.xa")},
      RegistryOverrides{}, std::vector<std::set<Address>>{});
  site.deliver(kNoon + 10);
  CHECK(site.sent.empty());
}

TEST_CASE("outreach: mail that came back ends it") {
  LetterSite site;
  site.invite(kNoon, 1);
  site.deliver(kNoon + 10);
  const auto entry = site.store.newest_of("tld-ops", "invite", kNoon + 1);
  REQUIRE(entry);
  CHECK(entry->recipients == std::vector<std::string>{"hostmaster@nic.xa"});
  site.store.add({{0, entry->id, kNoon + 20, EventKind::bounced, "hostmaster@nic.xa", "no such user"}}, {});
  CHECK(site.run(kNoon + 14 * kDayOfLetters) == kSecond);
}

TEST_CASE("outreach: without a form a reply goes to the owner") {
  LetterSite site;
  site.rules->lists.front().config.addresses.form.clear();
  site.invite(kNoon, 1);
  site.deliver(kNoon + 10);
  REQUIRE(site.sent.size() == 1);
  CHECK(has(site.sent.front(), "Reply-To: owner@lists.example.org\r\n"));
}

TEST_CASE("outreach: helpers are told once a week, and not of nobody") {
  LetterSite site;
  const Address anne = *Address::parse("anne@lists.example.org");
  site.rules->lists.front().config.outreach->helpers = {{Region::africa, {anne}}, {Region::europe, {anne}}};
  site.refuse(kNoon, "rule", "http://evil.example/ <b>\xe2\x80\xae");
  CHECK(site.run(kNoon).empty());  // nobody was invited by hand
  site.invite(kNoon, 2);
  const Letters told{"tld-ops: anne@lists.example.org is told whom to follow up in AF (week 2030-01-14)"};
  CHECK(site.run(kNoon) == told);
  CHECK(site.run(kNoon).empty());
  CHECK(site.run(kNoon - 2 * kDayOfLetters).empty());  // the week before
  site.deliver(kNoon + 10);
  REQUIRE(site.sent.size() == 3);
  const Mail& mail = site.sent.back();
  CHECK(mail.to == anne);
  CHECK(has(mail, "Subject: tld-ops: whom to follow up in AF\r\n"));
  CHECK(has(mail, "  .xa  refused 2030-01-15, rule [refused1]\r\n"));
  CHECK(has(mail, "  why   http[:][/][/]evil[.]example[/] b of the policy did not let"));
  CHECK_FALSE(has(mail, "http:"));
  CHECK_FALSE(has(mail, "<b>"));
  CHECK(site.run(kNoon + 6 * kDayOfLetters).size() == 1);
}
