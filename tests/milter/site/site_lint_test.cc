#include "milter/site/site_lint.h"

#include <algorithm>

#include "policy/rules/policy_yaml.h"
#include "tests/support/catch.h"
#include "tests/support/values.h"

using namespace ccgate;
using namespace ccgate::test;

namespace {

constexpr std::int64_t kDay = 86400;
constexpr std::int64_t kNow = 20'000 * kDay;

CcTld known(const std::string& label, std::optional<std::int64_t> changed = kNow - 300 * kDay,
            std::optional<std::int64_t> first_seen = kNow - 300 * kDay) {
  CcTld one = cctld(label, "admin@nic." + label);
  one.contacts.at(Role::admin).changed = changed;
  one.contacts.at(Role::admin).first_seen = first_seen;
  return one;
}

/// The lints about contact data of a site with these contacts and rules.
std::vector<std::string> lint(const std::vector<CcTld>& cctlds, std::optional<std::int64_t> fetched,
                              const std::string& rules = "{id: a, then: hold}",
                              std::int64_t cool_down = 14 * kDay) {
  Ruleset site;
  site.config.file = "ccgate.yaml";
  site.config.contacts.file = "contacts.json";
  site.config.contacts.cool_down = std::chrono::seconds{cool_down};
  site.directory = std::make_shared<const Directory>(cctlds, RegistryOverrides{},
                                                     std::vector<std::set<Address>>{}, fetched);
  Issues issues;
  auto policy = parse_policy("{ccgate: 1, policy: demo, rules: [" + rules + "]}\n", "p", issues);
  for (const Issue& issue : issues) UNSCOPED_INFO(render(issue));
  REQUIRE(policy);
  ListAddresses addresses{Address::parse("ops@lists.example").value(), Manager::mailman3, {}, {}, '+'};
  site.lists.push_back({{"ops", std::move(addresses), "", {}, {}}, std::move(*policy), ""});
  site.index();
  lint_site(site, kNow, issues);
  std::vector<std::string> told;
  for (const Issue& issue : issues) told.push_back(issue.file + ": " + issue.what);
  return told;
}

using Told = std::vector<std::string>;

}  // namespace

TEST_CASE("contact data that is too old is told, as a whole or by ccTLD") {
  CcTld old = known("xb");
  old.fetched = kNow - 8 * kDay;
  CcTld fresh = known("xc");
  fresh.fetched = kNow;
  CHECK(lint({known("xa"), fresh}, kNow).empty());
  CHECK(lint({known("xa")}, std::nullopt).empty());
  CHECK(lint({known("xa"), old}, kNow - 8 * kDay) ==
        Told{"contacts.json: the contact data is of 2024-09-26T00:00:00Z, older than `max_age`: every "
             "subscription is deferred"});
  CHECK(
      lint({known("xa"), old}, kNow) ==
      Told{
          "contacts.json: the data of xb (1 of 2 ccTLDs) is older than `max_age`: subscriptions for them are "
          "deferred"});
  CHECK(
      lint({known("xa"), known("xb"), fresh}, kNow - 8 * kDay) ==
      Told{
          "contacts.json: the data of xa, xb (2 of 3 ccTLDs) is older than `max_age`: subscriptions for them "
          "are deferred"});
}

TEST_CASE("contacts without dates are told where a policy asks how new they are") {
  const std::string asks = "{id: a, when: [{contact_age: {less_than: 14d}}], then: hold}";
  const std::vector<CcTld> cctlds{known("xa"), known("xb", std::nullopt), known("xc", kNow, std::nullopt)};
  CHECK(lint(cctlds, kNow).empty());
  CHECK(lint(cctlds, kNow, asks) == Told{"contacts.json: the contacts of xb, xc (2 of 3 ccTLDs) have no "
                                         "`changed` or no `first_seen`: to the "
                                         "rules they are new for ever"});
  CHECK(lint(cctlds, kNow, "{id: a, when: [{not: previous_contact_copied}], then: hold}").size() == 1);
  CHECK(lint({known("xa")}, kNow, asks).empty());
  std::vector<CcTld> many;
  for (const char* label : {"xa", "xb", "xc", "xd", "xe", "xf", "xg"})
    many.push_back(known(label, std::nullopt));
  CHECK(
      lint(many, kNow, asks) ==
      Told{
          "contacts.json: the contacts of xa, xb, xc, xd, xe and 2 more (7 of 7 ccTLDs) have no `changed` or "
          "no `first_seen`: to the rules they are new for ever"});
}

TEST_CASE("a rule that waits for longer than the cool-down is told") {
  const std::string rule =
      "{id: a, when: [{contact_age: {less_than: 14d}}, {not: previous_contact_copied}], then: hold}";
  CHECK(lint({known("xa")}, kNow, rule).empty());
  CHECK(lint({known("xa")}, kNow, rule, 7 * kDay) ==
        Told{"p: rule `a` asks for a contact_age of 14d, but `contacts.cool_down` is 7d: after it no copy to "
             "the "
             "one before helps"});
  CHECK(lint({known("xa")}, kNow, "{id: a, when: [{contact_age: {less_than: 14d}}], then: hold}", 7 * kDay)
            .empty());
}

TEST_CASE("an owner that could not be told of objections is told") {
  const auto told = [](const char* owner, const char* store) {
    Ruleset site;
    site.config.file = "ccgate.yaml";
    site.config.store = store;
    Issues issues;
    auto policy = parse_policy("{ccgate: 1, policy: demo, rules: [{id: a, then: hold}]}\n", "p", issues);
    REQUIRE(policy);
    const auto form = Address::parse("form@lists.example").value();
    ListAddresses addresses{Address::parse("ops@lists.example").value(), Manager::plain, {form}, {}, '+'};
    ListConfig config{"ops", std::move(addresses), "", {}, {}};
    config.owner = Address::parse(owner);
    site.lists.push_back({std::move(config), std::move(*policy), ""});
    site.index();
    lint_site(site, kNow, issues);
    std::string text;
    for (const Issue& issue : issues)
      if (issue.what.find("account") == std::string::npos) text += issue.what + "\n";
    return text;
  };
  CHECK(told("form@lists.example", "sqlite:/x") ==
        "`form@lists.example`, the owner of list `ops`, is a command address: mail that tells of objections "
        "would be refused\n");
  CHECK(told("form@lists.example", "") == "");
  CHECK(told("ops-owner@lists.example", "sqlite:/x") == "");
  CHECK(told("anne@nic.example", "sqlite:/x") == "");
}

TEST_CASE("contacts that a program could not reach are told") {
  Ruleset site;
  site.config.file = "ccgate.yaml";
  CcTld other = known("xb");
  other.contacts.at(Role::admin).email = Address::parse("j\u00f6rg@nic.xb").value();
  site.directory = std::make_shared<const Directory>(
      std::vector<CcTld>{known("xa"), other}, RegistryOverrides{}, std::vector<std::set<Address>>{}, kNow);
  const auto told = [&](Submission::Kind kind) {
    site.config.submit.kind = kind;
    Issues issues;
    lint_site(site, kNow, issues);
    return std::count_if(issues.begin(), issues.end(), [](const Issue& issue) {
      return issue.what ==
             "contacts of xb (1 of 2 ccTLDs) have an address that is not ASCII: they are not reached";
    });
  };
  CHECK(told(Submission::Kind::sendmail) == 1);
  CHECK(told(Submission::Kind::smtp) == 0);
}
