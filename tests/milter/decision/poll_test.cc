#include "milter/decision/poll.h"

#include "tests/support/catch.h"
#include "tests/support/values.h"

namespace ccgate {
namespace {

using namespace test;

constexpr std::int64_t kToday = 100'000'000;
constexpr std::int64_t kCoolDown = 14 * 86400;

/// Long the contact, or since yesterday.
Contact since(std::string_view email, bool long_ago = true) {
  const std::int64_t when = kToday - (long_ago ? 365 : 1) * std::int64_t{86400};
  return {address(email), "", when, when};
}

struct Asking {
  Asking() {
    xa.contacts.emplace(Role::admin, since("admin@nic.xa"));
    xa.contacts.emplace(Role::tech, since("tech@nic.xa"));
    members[domain("xa")] = {address("ben@nic.xa"), address("cora@nic.xa")};
  }
  /// Who is asked, `!` behind those who decide.
  [[nodiscard]] std::vector<std::string> asked() const {
    CcTldVerdict each;
    each.cctld = domain("xa");
    each.decision = Decision::ask;
    each.quorum = quorum;
    Verdict verdict;
    verdict.per_cctld = {each};
    const Directory directory({xa}, overrides, aliases);
    std::vector<std::string> all;
    for (const Poll& poll : polls_of(verdict, {directory, authority, author, members, kToday, kCoolDown})) {
      CHECK(poll.need == quorum.need);
      for (const PollMember& one : poll.of) all.push_back(one.who.text() + (one.decides ? "!" : ""));
    }
    return all;
  }

  CcTld xa = cctld("xa", "");
  RegistryOverrides overrides;
  std::vector<std::set<Address>> aliases;
  std::set<Role> authority{Role::admin};
  Address author = address("anne@nic.xa");
  std::map<Domain, std::vector<Address>> members;
  Quorum quorum{2, {Voucher::admin_contact, Voucher::tech_contact, Voucher::members}};
};

using Texts = std::vector<std::string>;

TEST_CASE("the policy names whose word counts") {
  Asking site;
  CHECK(site.asked() == Texts{"admin@nic.xa!", "tech@nic.xa", "ben@nic.xa", "cora@nic.xa"});
  site.quorum.of = {Voucher::tech_contact, Voucher::security_contact};
  CHECK(site.asked() == Texts{"tech@nic.xa"});
  site.authority = {Role::tech};
  CHECK(site.asked() == Texts{"tech@nic.xa!"});
  site.quorum.of = {Voucher::admin_contact};
  CHECK(site.asked() == Texts{"admin@nic.xa!"});
  site.quorum.of = {Voucher::security_contact};
  CHECK(site.asked().empty());
}

TEST_CASE("one person has one word") {
  Asking site;
  SECTION("in two roles") {
    site.xa.contacts.insert_or_assign(Role::tech, since("ADMIN@nic.xa"));
    CHECK(site.asked() == Texts{"admin@nic.xa!", "ben@nic.xa", "cora@nic.xa"});
  }
  SECTION("a contact who is a member") {
    site.members[domain("xa")] = {address("Tech@NIC.xa"), address("cora@nic.xa")};
    CHECK(site.asked() == Texts{"admin@nic.xa!", "tech@nic.xa", "cora@nic.xa"});
  }
  SECTION("with an address that reaches the same people") {
    site.aliases = {{address("admin@nic.xa"), address("ben@nic.xa")}};
    CHECK(site.asked() == Texts{"admin@nic.xa!", "tech@nic.xa", "cora@nic.xa"});
  }
  SECTION("and decides by the gravest of its roles") {
    site.authority = {Role::tech};
    site.xa.contacts.insert_or_assign(Role::security, since("tech@nic.xa"));
    site.quorum.of = {Voucher::tech_contact, Voucher::security_contact};
    CHECK(site.asked() == Texts{"tech@nic.xa!"});
  }
}

TEST_CASE("nobody vouches for a request of his own") {
  Asking site;
  site.author = address("Ben@nic.xa");
  CHECK(site.asked() == Texts{"admin@nic.xa!", "tech@nic.xa", "cora@nic.xa"});
  site.author = address("admin@nic.xa");
  CHECK(site.asked() == Texts{"tech@nic.xa", "ben@nic.xa", "cora@nic.xa"});
  site.author = address("anne@nic.xa");
  site.aliases = {{address("anne@nic.xa"), address("tech@nic.xa")}};
  CHECK(site.asked() == Texts{"admin@nic.xa!", "ben@nic.xa", "cora@nic.xa"});
}

TEST_CASE("a contact that no rule on its age looks at counts once it is no longer new") {
  Asking site;
  site.xa.contacts.insert_or_assign(Role::tech, since("tech@nic.xa", false));
  CHECK(site.asked() == Texts{"admin@nic.xa!", "ben@nic.xa", "cora@nic.xa"});
  site.xa.contacts.insert_or_assign(Role::tech, contact("tech@nic.xa"));  // nobody knows since when
  CHECK(site.asked() == Texts{"admin@nic.xa!", "ben@nic.xa", "cora@nic.xa"});
  site.authority = {Role::admin, Role::tech};
  CHECK(site.asked() == Texts{"admin@nic.xa!", "tech@nic.xa!", "ben@nic.xa", "cora@nic.xa"});
}

TEST_CASE("of many members, the first are asked") {
  Asking site;
  std::vector<Address>& members = site.members[domain("xa")];
  for (int i = 0; i < 100; ++i) members.push_back(address("m" + std::to_string(i) + "@nic.xa"));
  CHECK(site.asked().size() == 2 + kMostVouchers);
  CHECK(site.asked()[2] == "ben@nic.xa");
}

}  // namespace
}  // namespace ccgate
