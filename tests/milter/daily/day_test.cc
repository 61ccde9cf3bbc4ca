#include "milter/daily/duties.h"

#include <set>

#include "milter/daily/repository_duty.h"
#include "milter/daily/review_duty.h"
#include "milter/outbox/worker.h"
#include "tests/support/catch.h"
#include "tests/support/notice_site.h"

using namespace ccgate;
using namespace ccgate::test;

namespace {

constexpr std::int64_t kOneDay = 86400;

struct KeptPost {
  std::vector<Mail> sent;
};
class KeepingSubmitter : public Submitter {
 public:
  explicit KeepingSubmitter(KeptPost& post) : post_(post) {}
  SubmitResult submit(const Mail& mail) override {
    post_.sent.push_back(mail);
    return {SubmitResult::Outcome::taken, "250 ok", false};
  }
  Truth offers_smtputf8() override { return Truth::unknown; }

 private:
  KeptPost& post_;
};

/// Two members for xa and xb, whom nobody stood for; one contact.
struct DutySite {
  DutySite() {
    std::vector<CcTld> cctlds;
    for (const char* label : {"xa", "xb"}) {
      cctlds.push_back({*Domain::parse(label), {}, "", std::nullopt, std::nullopt, ""});
      cctlds.back().contacts.emplace(Role::admin,
                                     Contact{*Address::parse("hostmaster@nic.xa"), "", kNoon - 100 * kOneDay,
                                             kNoon - 100 * kOneDay, std::nullopt});
    }
    rules->directory =
        std::make_shared<const Directory>(cctlds, RegistryOverrides{}, std::vector<std::set<Address>>{});
    rules->lists.front().config.review = ReviewTimes{};
    Member anne;
    anne.list = "tld-ops";
    anne.cctld = "xa";
    anne.address = "anne@nic.xa";
    anne.email = "Anne@nic.xa";
    anne.name = "Anne";
    anne.phone = "+999 1";
    anne.since = kNoon - 10 * kOneDay;
    anne.began_by = "import";
    Member ben = anne;
    ben.cctld = "xb";
    ben.address = ben.email = "ben@nic.xb";
    ben.name = "Ben\xe2\x80\xae";
    store.change_members({{}, {anne, ben}, {}});
  }
  /// What is told of those that begin now.
  std::vector<std::string> run(std::int64_t now) {
    const DailySite site{*rules, store, now};
    std::vector<std::string> told;
    for (const Duty duty : daily_duties())
      for (const Due& due : duty(site))
        if (due.begin()) told.push_back(due.told);
    return told;
  }
  void deliver(std::int64_t now) {
    OutboxWorker worker({store,
                         [this] { return rules; },
                         [now] { return now; },
                         "w",
                         [this](const Submission&, const std::stop_token&) {
                           return std::make_unique<KeepingSubmitter>(post);
                         },
                         [](const LogLine&) {},
                         {}});
    worker.expire_questions();
    while (worker.run_once().tasks > 0) {
    }
  }

  FailingStore store;
  std::shared_ptr<Ruleset> rules = notice_rules();
  KeptPost post;
};

using Began = std::vector<std::string>;

}  // namespace

TEST_CASE("daily: a contact is asked, reminded, and then the owner is told; nobody is removed") {
  DutySite site;
  CHECK(site.run(kNoon) == Began{"tld-ops: review of .xa, .xb, hostmaster@nic.xa is asked (never)"});
  CHECK(site.run(kNoon).empty());
  CHECK(site.run(kNoon - kOneDay).empty());
  CHECK(site.run(kNoon + kOneDay).empty());
  site.deliver(kNoon + 10);
  REQUIRE(site.post.sent.size() == 1);
  const Mail& asked = site.post.sent.front();
  CHECK(asked.to.text() == "hostmaster@nic.xa");
  CHECK(asked.message.find("Subject: tld-ops: who is on the list for .xa, .xb? (") != std::string::npos);
  CHECK(asked.message.find("Anne <Anne[@]nic[.]xa>, +999 1") != std::string::npos);
  CHECK(asked.message.find("\xe2\x80\xae") == std::string::npos);
  CHECK(asked.message.find("Reply-To: tld-ops-vouch+") != std::string::npos);

  CHECK(site.run(kNoon + 20 * kOneDay).empty());
  CHECK(site.run(kNoon + 21 * kOneDay) ==
        Began{"tld-ops: review of .xa, .xb, hostmaster@nic.xa is reminded"});
  CHECK(site.run(kNoon + 22 * kOneDay).empty());
  site.deliver(kNoon + 22 * kOneDay);
  REQUIRE(site.post.sent.size() == 2);
  CHECK(site.post.sent.back().message.find("You were asked on 15 January 2030") != std::string::npos);

  site.deliver(kNoon + 61 * kOneDay);
  REQUIRE(site.post.sent.size() == 3);
  CHECK(site.post.sent.back().to.text() == "owner@lists.example.org");
  CHECK(site.post.sent.back().message.find("It did not answer in time") != std::string::npos);
  CHECK(site.store.members({}).size() == 2);
  CHECK(site.run(kNoon + 62 * kOneDay).empty());
  CHECK(site.run(kNoon + 365 * kOneDay).size() == 1);
}

TEST_CASE("daily: two that begin the same at once begin it once") {
  DutySite site;
  const DailySite first{*site.rules, site.store, kNoon}, second{*site.rules, site.store, kNoon + 1};
  const auto here = reviews_due(first), there = reviews_due(second);
  REQUIRE(here.size() == 1);
  REQUIRE(there.size() == 1);
  CHECK(here.front().begin());
  CHECK_FALSE(there.front().begin());
  site.deliver(kNoon + 10);
  CHECK(site.post.sent.size() == 1);
  CHECK(site.store.reviews("tld-ops").size() == 1);
  CHECK(site.store.reviews("tld").empty());
}

TEST_CASE("daily: a reminder is not mailed when a contact stood for all of them meanwhile") {
  DutySite site;
  (void)site.run(kNoon);
  site.deliver(kNoon + 10);
  (void)site.run(kNoon + 21 * kOneDay);
  MemberChanges changes;
  for (const Member& member : site.store.members({}))
    changes.checked.push_back(
        {"tld-ops", member.cctld, member.address, kNoon + 21 * kOneDay, "hostmaster@nic.xa"});
  site.store.change_members(changes);
  site.deliver(kNoon + 21 * kOneDay + 10);
  CHECK(site.post.sent.size() == 1);
}

TEST_CASE("daily: lists without the keys do nothing") {
  DutySite site;
  site.rules->lists.front().config.review.reset();
  CHECK(site.run(kNoon).empty());
}

TEST_CASE("daily: the members are told once a month who they are") {
  DutySite site;
  site.rules->lists.front().config.review.reset();
  site.rules->lists.front().config.repository.every = MailEvery::monthly;
  CHECK(site.run(kNoon) == Began{"tld-ops: who is on the list, told to tld-ops@lists.example.org (2030-01)"});
  CHECK(site.run(kNoon).empty());
  CHECK(site.run(kNoon - kOneDay).empty());
  CHECK(site.run(kNoon + 16 * kOneDay).empty());
  site.deliver(kNoon + 10);
  REQUIRE(site.post.sent.size() == 1);
  const Mail& mail = site.post.sent.front();
  CHECK(mail.to.text() == "tld-ops@lists.example.org");
  for (const char* part :
       {"From: tld-ops gate <owner@lists.example.org>\r\n", "X-No-Archive: yes\r\n",
        "multipart/mixed; boundary=", "SINCE 1 December 2029", "joined:    .xa Anne <Anne@nic.xa>",
        "ON THE LIST (2)", "BEGIN:VCARD", "Content-Disposition: attachment; filename=\"tld-ops.vcf\""}) {
    INFO(part);
    CHECK(mail.message.find(part) != std::string::npos);
  }
  CHECK(site.run(kNoon + 17 * kOneDay).size() == 1);  // 2030-02-01
  site.deliver(kNoon + 17 * kOneDay);
  CHECK(site.post.sent.back().message.find("nothing changed") != std::string::npos);
}

TEST_CASE("daily: a clock that goes back over the end of a month makes no mail") {
  DutySite site;
  site.rules->lists.front().config.review.reset();
  site.rules->lists.front().config.repository.every = MailEvery::monthly;
  CHECK(site.run(kNoon + 17 * kOneDay).size() == 1);  // 2030-02-01
  CHECK(site.run(kNoon + 16 * kOneDay).empty());
}

TEST_CASE("daily: weeks begin on Monday") {
  DutySite site;
  site.rules->lists.front().config.review.reset();
  site.rules->lists.front().config.repository = {MailEvery::weekly, MailAttachment::none};
  CHECK(site.run(kNoon) ==
        Began{"tld-ops: who is on the list, told to tld-ops@lists.example.org (week 2030-01-14)"});
  CHECK(site.run(kNoon + 5 * kOneDay).empty());
  CHECK(site.run(kNoon + 6 * kOneDay).size() == 1);
}
