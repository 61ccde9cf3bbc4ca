#include "milter/notice/smtputf8.h"

#include <memory>

#include "milter/outbox/smtputf8_probe.h"
#include "tests/support/catch.h"
#include "tests/support/notice_site.h"

using namespace ccgate;
using namespace ccgate::test;

namespace {

/// Counts how often it is asked.
class Asked : public Submitter {
 public:
  Asked(int& tries, const Truth& heard) : tries_(tries), heard_(heard) {}
  SubmitResult submit(const Mail& /*mail*/) override { return {}; }
  Truth offers_smtputf8() override {
    ++tries_;
    return heard_;
  }

 private:
  int& tries_;
  const Truth& heard_;
};

}  // namespace

TEST_CASE("who can be told") {
  Smtputf8Offer offer;
  const Address ascii = *Address::parse("hostmaster@xn--p1ai");
  const Address other = *Address::parse("j\u00f6rg@nic.xa");
  CHECK(can_be_told(ascii, &offer) == Truth::yes);
  CHECK(can_be_told(other, &offer) == Truth::unknown);
  offer.learn(Truth::no);
  CHECK(can_be_told(ascii, &offer) == Truth::yes);
  CHECK(can_be_told(other, &offer) == Truth::no);
  offer.learn(Truth::yes);
  CHECK(can_be_told(other, &offer) == Truth::yes);
  CHECK(can_be_told(other, nullptr) == Truth::yes);
}

TEST_CASE("the mail server is asked about SMTPUTF8 where somebody needs it") {
  int tries = 0;
  Truth heard = Truth::unknown;
  Smtputf8Offer offer;
  Smtputf8Probe probe(offer, [&](const Submission&, const std::stop_token&) {
    return std::make_unique<Asked>(tries, heard);
  });
  auto now = Smtputf8Probe::Clock::time_point(std::chrono::hours(1));
  const auto rules_with = [](const char* contact, std::uint16_t port) {
    auto rules = notice_rules();
    rules->config.submit = {Submission::Kind::smtp, "192.0.2.1", port, ""};
    const Contact admin{*Address::parse(contact), "", std::nullopt, std::nullopt};
    const CcTld cctld{*Domain::parse("xa"), {{Role::admin, admin}}, "", std::nullopt, std::nullopt, ""};
    rules->directory = std::make_shared<Directory>(std::vector<CcTld>{cctld}, RegistryOverrides{},
                                                   std::vector<std::set<Address>>{});
    return std::shared_ptr<const Ruleset>(rules);
  };
  const auto asked = [&](const std::shared_ptr<const Ruleset>& rules, std::chrono::seconds later) {
    now += later;
    tries = 0;
    probe.look(rules, now, {});
    return tries;
  };
  using std::chrono::seconds;
  CHECK(asked(nullptr, seconds(0)) == 0);
  CHECK(asked(rules_with("hostmaster@nic.xa", 25), seconds(0)) == 0);
  const auto needing = rules_with("j\u00f6rg@nic.xa", 25);
  CHECK(asked(needing, seconds(1)) == 1);
  CHECK(offer.offered() == Truth::unknown);
  CHECK(asked(needing, seconds(59)) == 0);
  heard = Truth::yes;
  CHECK(asked(needing, seconds(1)) == 1);
  CHECK(offer.offered() == Truth::yes);
  CHECK(asked(needing, seconds(899)) == 0);
  // A server that is away takes nothing back.
  heard = Truth::unknown;
  CHECK(asked(needing, seconds(1)) == 1);
  CHECK(offer.offered() == Truth::yes);
  CHECK(asked(rules_with("j\u00f6rg@nic.xa", 26), seconds(1)) == 1);
  CHECK(offer.offered() == Truth::unknown);
}
