#include "policy/registry/registry.h"

#include "tests/support/catch.h"
#include "tests/support/values.h"

using namespace ccgate;
using namespace ccgate::test;

namespace {

const std::set<Role> kAdmin{Role::admin};
const std::set<Role> kBoth{Role::admin, Role::tech};

Directory directory() {
  RegistryOverrides overrides;
  overrides.shared_domains = {domain("freemail.example")};
  RegistryOverride& xa = overrides.registries[domain("xa")];
  xa.covers = {domain("xb")};
  xa.domains = {domain("nic-xa.example")};
  xa.operators = {domain("backend.example")};
  xa.region = Region::europe;
  xa.aliases[address("admin@nic-xa.example")] = {address("iana@other.example")};
  overrides.registries[domain("xc")].never_same_registry = true;
  CcTld bad = cctld("xz", "admin@nic-xz.example");
  bad.unusable = true;
  return {{cctld("xa", "admin@nic-xa.example", "tech@nic-xa.example"), cctld("xb", "admin@nic-xa.example"),
           cctld("xc", "admin@nic-xc.example"), cctld("xd", "registry@freemail.example"),
           cctld("xe", "admin@co.uk"), cctld("xf", "admin@mail.nic-xf.example"), bad},
          overrides,
          {{address("admin@nic-xc.example"), address("team@other.example")},
           {address("team@other.example"), address("far@other.example")}},
          42};
}

}  // namespace

TEST_CASE("a region that the operator names is that of all that the entry covers") {
  const Directory d = directory();
  CHECK(d.region(domain("xa")) == Region::europe);
  CHECK(d.region(domain("xb")) == Region::europe);
  CHECK_FALSE(d.region(domain("xc")));
  CHECK_FALSE(d.region(domain("xd")));
}

TEST_CASE("who counts as a contact") {
  const Directory d = directory();
  struct Row {
    const char* story;
    const char* cctld;
    const std::set<Role>* roles;
    const char* address;
    bool want;
  };
  const auto row = GENERATE(values<Row>({
      {"the admin contact", "xa", &kAdmin, "admin@nic-xa.example", true},
      {"in other letters", "xa", &kAdmin, "Admin@NIC-xa.Example", true},
      {"with a detail it is another", "xa", &kAdmin, "admin+x@nic-xa.example", false},
      {"the tech contact, where only admin counts", "xa", &kAdmin, "tech@nic-xa.example", false},
      {"the tech contact, where both count", "xa", &kBoth, "tech@nic-xa.example", true},
      {"somebody else at the registry", "xa", &kAdmin, "anne@nic-xa.example", false},
      {"an alias declared in registries.yaml", "xa", &kAdmin, "iana@other.example", true},
      {"for each ccTLD with that contact", "xb", &kAdmin, "iana@other.example", true},
      {"not for others", "xc", &kAdmin, "iana@other.example", false},
      {"an alias of the aliases file", "xc", &kAdmin, "team@other.example", true},
      {"an alias of an alias", "xc", &kAdmin, "far@other.example", false},
      {"a contact of another ccTLD", "xc", &kAdmin, "admin@nic-xa.example", false},
      {"of a bad entry", "xz", &kAdmin, "admin@nic-xz.example", false},
  }));
  INFO(row.story);
  const CcTld* cctld = d.find(domain(row.cctld));
  REQUIRE(cctld != nullptr);
  CHECK(d.is_contact(*cctld, *row.roles, address(row.address)) == row.want);
  // The other direction must say the same.
  CHECK(d.cctlds_of(*row.roles, address(row.address)).contains(domain(row.cctld)) == row.want);
}

TEST_CASE("whose domain is the registry's, and whose organisation") {
  const Directory d = directory();
  struct Row {
    const char* story;
    const char* cctld;
    const char* author;
    bool registry;
    bool organisation;
  };
  const auto row = GENERATE(values<Row>({
      {"a declared domain", "xa", "nic-xa.example", true, true},
      {"for a ccTLD that is covered", "xb", "nic-xa.example", true, true},
      {"an operator", "xa", "backend.example", true, true},
      {"below a declared domain", "xa", "mail.nic-xa.example", false, true},
      {"another domain", "xa", "other.example", false, false},
      {"never", "xc", "nic-xc.example", false, false},
      {"free mail", "xd", "freemail.example", false, false},
      {"below free mail", "xd", "a.freemail.example", false, false},
      {"a public suffix", "xe", "co.uk", false, false},
      {"below a public suffix", "xe", "nic.co.uk", false, false},
      {"exactly the contact's", "xf", "mail.nic-xf.example", true, true},
      {"above the contact's", "xf", "nic-xf.example", false, true},
      {"beside the contact's", "xf", "www.nic-xf.example", false, true},
      {"a bad entry", "xz", "nic-xz.example", false, false},
  }));
  INFO(row.story);
  const CcTld* cctld = d.find(domain(row.cctld));
  REQUIRE(cctld != nullptr);
  CHECK(d.same_registry(*cctld, kAdmin, domain(row.author)) == row.registry);
  CHECK(d.same_organisation(*cctld, kAdmin, domain(row.author)) == row.organisation);
}

TEST_CASE("a directory finds ccTLDs by label") {
  const Directory d = directory();
  CHECK(d.size() == 7);
  CHECK(d.fetched() == 42);
  CHECK(d.find(domain("xy")) == nullptr);
  CHECK(d.find(domain("xb"))->label == domain("xb"));
  const Directory copy = d;  // no part of a copy refers to the original
  CHECK(copy.same_registry(*copy.find(domain("xb")), kAdmin, domain("nic-xa.example")));
}

TEST_CASE("a directory lists its ccTLDs by label, in whatever order they came") {
  const Directory d({cctld("xc", "a@nic.example"), cctld("xa", "a@nic.example", "t@nic.example"),
                     cctld("xb", "t@nic.example", "a@nic.example"), cctld("xa", "b@nic.example")},
                    {}, {});
  REQUIRE(d.all().size() == 3);
  CHECK(d.all()[0].label == domain("xa"));
  CHECK(d.all()[0].unusable);
  CHECK(d.all()[1].label == domain("xb"));
  CHECK(d.all()[2].label == domain("xc"));
  for (const CcTld& each : d.all()) CHECK(d.find(each.label) == &each);
  CHECK(d.cctlds_of(kAdmin, address("A@nic.example")) == std::set<Domain>{domain("xc")});
  CHECK(d.cctlds_of(kBoth, address("a@nic.example")) == std::set<Domain>{domain("xb"), domain("xc")});
  CHECK(Directory().all().empty());
  CHECK(Directory().find(domain("xa")) == nullptr);
}

TEST_CASE("two records of one ccTLD spoil each other") {
  const Directory d({cctld("xa", "a@nic.example"), cctld("xa", "b@nic.example")}, {}, {});
  REQUIRE(d.find(domain("xa")) != nullptr);
  CHECK(d.find(domain("xa"))->unusable);
  CHECK(d.cctlds_of(kAdmin, address("a@nic.example")).empty());
}

TEST_CASE("roles have words") {
  for (const Role role : {Role::admin, Role::tech, Role::security, Role::authorizing})
    CHECK(parse_word<Role>(to_string(role)) == role);
  CHECK_FALSE(parse_word<Role>("owner"));
}

TEST_CASE("an address counts as what it was declared for") {
  const Directory d = directory();
  CHECK(d.counts_as(address("Admin@nic-xa.example"), address("admin@nic-xa.example")));
  CHECK(d.counts_as(address("iana@other.example"), address("admin@nic-xa.example")));
  CHECK_FALSE(d.counts_as(address("admin@nic-xa.example"), address("iana@other.example")));
  CHECK(d.counts_as(address("team@other.example"), address("admin@nic-xc.example")));
  CHECK_FALSE(d.counts_as(address("far@other.example"), address("admin@nic-xc.example")));
  CHECK_FALSE(d.counts_as(address("anne@other.example"), address("admin@nic-xa.example")));
}

TEST_CASE("whose domain is nobody's own") {
  const Directory d = directory();
  CHECK(d.is_nobodys_own(domain("freemail.example")));
  CHECK(d.is_nobodys_own(domain("a.freemail.example")));
  CHECK(d.is_nobodys_own(domain("co.uk")));
  CHECK_FALSE(d.is_nobodys_own(domain("nic.co.uk")));
  CHECK_FALSE(d.is_nobodys_own(domain("nic-xa.example")));
}

TEST_CASE("data is stale by its own date, else by the file's") {
  constexpr std::int64_t kDay = 86400, kNow = 1000 * kDay, kMaxAge = 7 * kDay;
  struct Row {
    const char* story;
    std::optional<std::int64_t> file, own;
    bool stale;
  };
  const std::optional<std::int64_t> none;
  const auto row = GENERATE_COPY(values<Row>({
      {"no dates at all", none, none, false},
      {"a fresh file", kNow - kMaxAge, none, false},
      {"an old file", kNow - kMaxAge - 1, none, true},
      {"a record that was not renewed", kNow, kNow - kMaxAge - 1, true},
      {"a record that was fetched alone", kNow - 30 * kDay, kNow, false},
      {"a record of tomorrow", kNow - 30 * kDay, kNow + kDay, false},
      {"a file of tomorrow", kNow + kDay, none, false},
      {"a record with a date in a file without", none, kNow - kMaxAge - 1, true},
  }));
  INFO(row.story);
  CcTld one = cctld("xa", "admin@nic-xa.example");
  one.fetched = row.own;
  const Directory d({one}, {}, {}, row.file);
  CHECK(d.is_stale(d.find(domain("xa")), kNow, kMaxAge) == row.stale);
  CHECK(d.is_stale(nullptr, kNow, kMaxAge) == (row.file && *row.file < kNow - kMaxAge));
}

TEST_CASE("a contact is as old as the later of its dates says") {
  struct Row {
    std::optional<std::int64_t> changed, first_seen, want;
  };
  const auto row = GENERATE(values<Row>({{std::nullopt, std::nullopt, std::nullopt},
                                         {5, std::nullopt, std::nullopt},
                                         {std::nullopt, 5, std::nullopt},
                                         {5, 7, 7},
                                         {7, 5, 7}}));
  const Contact contact{*Address::parse("a@nic.example"), "", row.changed, row.first_seen};
  CHECK(contact_since(contact) == row.want);
  CHECK(contact_age(contact, 10) == (row.want ? 10 - *row.want : 0));
  CHECK(contact_age(contact, 4) == 0);
}

TEST_CASE("who was the contact before is told while the contact is young") {
  constexpr std::int64_t kCoolDown = 10;
  struct Row {
    const char* story;
    std::optional<std::int64_t> since;
    bool has_previous, young, told;
  };
  const auto row = GENERATE(values<Row>({{"a second too young", 91, true, true, true},
                                         {"just old enough", 90, true, false, false},
                                         {"of the future", 200, true, true, true},
                                         {"nobody knows since when", std::nullopt, true, true, true},
                                         {"nobody was it before", 95, false, true, false}}));
  INFO(row.story);
  Contact contact{address("new@nic.example"), "", row.since, row.since};
  if (row.has_previous) contact.previous = PreviousContact{address("old@nic.example"), 1, 90};
  CHECK(is_young(contact, 100, kCoolDown) == row.young);
  const PreviousContact* previous = previous_of_young(contact, 100, kCoolDown);
  REQUIRE((previous != nullptr) == row.told);
  if (previous != nullptr) CHECK(previous->email == address("old@nic.example"));
}
