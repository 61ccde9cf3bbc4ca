#include "milter/ledger/flood.h"

#include <algorithm>

#include "tests/support/catch.h"
#include "tests/support/notice_site.h"
#include "tests/support/values.h"

namespace ccgate {
namespace {

using namespace test;

/// So many requests came before, within a day.
class CountingStore : public FailingStore {
 public:
  std::int64_t by_author = 0, by_cctld = 0, since = 0;
  std::int64_t count_by_author_domain(const std::string&, const std::string&, std::int64_t from,
                                      std::int64_t most) override {
    since = from;
    return std::min(by_author, most);
  }
  std::int64_t count_by_cctld(const std::string&, const std::string&, std::int64_t from,
                              std::int64_t most) override {
    since = from;
    return std::min(by_cctld, most);
  }
};

/// A request for xa, whose registry is nic.xa, where 5 are allowed of an author domain and 3 for a ccTLD.
struct Flooded {
  Flooded() {
    rules->config.flood.author_domain = 5;
    rules->config.flood.cctld = 3;
    rules->directory =
        std::make_shared<const Directory>(std::vector<CcTld>{cctld("xa", "hostmaster@nic.xa")},
                                          RegistryOverrides{}, std::vector<std::set<Address>>{});
    rules->lists.front().policy.authority = {Role::admin};
  }
  std::string because(const char* author, Ground ground = Ground::contact_in_copy) {
    Memory memory{has_store ? &store : nullptr,    *rules, kNoon, evidence, authenticated,
                  address(author).domain().ascii()};
    memory.author = address(author);
    RecipientJudgement judged{nullptr, &gated, {}};
    CcTldVerdict xa;
    xa.cctld = domain("xa");
    xa.ground = ground;
    judged.judgement.verdict.per_cctld = {xa};
    return flood_because(memory, judged);
  }

  CountingStore store;
  bool has_store = true;
  std::shared_ptr<Ruleset> rules = notice_rules();
  Ruleset::Gated gated{&rules->lists.front(), {}};
  Truth authenticated = Truth::yes;
  Evidence evidence;
};

const std::string kOfAuthor =
    "evil.example has had as many requests in 24 hours as flood.author_domain allows";
const std::string kOfCcTld = "there were as many requests for .xa in 24 hours as flood.cctld allows";

}  // namespace

TEST_CASE("one more than an author domain may ask is too many") {
  Flooded site;
  site.store.by_author = 4;
  CHECK(site.because("anne@evil.example").empty());
  site.store.by_author = 5;
  CHECK(site.because("anne@evil.example") == kOfAuthor);
  CHECK(site.because("anne@evil.example", Ground::contact_confirmed) == kOfAuthor);
  CHECK(site.store.since == kNoon - kBudgetTime);
}

TEST_CASE("one more than strangers may ask for a ccTLD is too many, for strangers") {
  Flooded site;
  site.store.by_cctld = 2;
  CHECK(site.because("anne@evil.example").empty());
  site.store.by_cctld = 3;
  CHECK(site.because("anne@evil.example") == kOfCcTld);
  CHECK(site.because("anne@nic.xa").empty());
  CHECK(site.because("anne@evil.example", Ground::contact_confirmed).empty());
  CHECK(site.because("anne@evil.example", Ground::author_is_contact).empty());
}

TEST_CASE("nobody is bound by what others write in his name, nor where nothing is remembered") {
  Flooded site;
  site.store.by_author = site.store.by_cctld = 1000;
  SECTION("not authenticated") {
    site.authenticated = GENERATE(Truth::no, Truth::unknown);
  }
  SECTION("without a store") {
    site.has_store = false;
  }
  CHECK(site.because("anne@evil.example").empty());
}

}  // namespace ccgate
