#include <algorithm>

#include "milter/contacts/overrides_check.h"
#include "policy/names/cctld.h"
#include "policy/registry/registries_yaml.h"
#include "tests/support/catch.h"
#include "tests/support/values.h"

using namespace ccgate;
using namespace ccgate::test;

namespace {

/// xa and xb: one family. xc: tech elsewhere. xd: free mail. xe: tech on free mail. xf: just replaced. xg:
/// unusable.
std::vector<CcTld> cctlds() {
  std::vector<CcTld> all{cctld("xa", "a@nic.example"),
                         cctld("xb", "A@nic.example"),
                         cctld("xc", "c@nic-xc.example"),
                         cctld("xd", "d@freemail.example"),
                         cctld("xe", "e@nic-xe.example"),
                         cctld("xf", "f@new.example"),
                         {*parse_cctld("xg"), {}, "", {}, {}, "moved", true}};
  all[2].contacts.emplace(Role::tech, contact("noc@backend.example"));
  all[4].contacts.emplace(Role::tech, contact("noc@freemail.example"));
  all[5].contacts.at(Role::admin).previous = PreviousContact{*Address::parse("f@old.example"), 1, 2};
  return all;
}

RegistryOverrides overrides(const std::string& yaml) {
  Issues issues;
  auto read = parse_registries(yaml + "\nshared_domains: [freemail.example]\n", "registries.yaml", issues);
  for (const Issue& issue : issues) UNSCOPED_INFO(render(issue));
  REQUIRE(read);
  return *read;
}

std::string text(const std::vector<Finding>& findings) {
  std::string out;
  for (const Finding& each : findings)
    out += std::string(to_string(each.severity)) + " " + each.kind + " " + each.what + "\n";
  return out;
}

}  // namespace

TEST_CASE("overrides that change no verdict are told, and only those") {
  struct Row {
    const char* story;
    std::string yaml;
    std::string want;
  };
  const auto row = GENERATE_COPY(values<Row>({
      {"nothing", "", ""},
      {"the domain of the contact", "xa: {covers: [xb], domains: [nic.example]}",
       "note needless `domains` of `xa` only repeats the domain of the contacts\n"},
      {"the same as operators", "xa: {operators: [nic.example]}",
       "note needless `operators` of `xa` only repeats the domain of the contacts\n"},
      {"the same as both", "xa: {domains: [nic.example], operators: [nic.example]}",
       "note needless `domains` and `operators` of `xa` only repeats the domain of the contacts\n"},
      {"one more", "xa: {domains: [nic.example, registry.example]}", ""},
      {"another one", "xa: {domains: [registry.example]}", ""},
      {"it is not that of a ccTLD that is covered", "xa: {covers: [xc], domains: [nic.example]}", ""},
      {"it keeps the tech contact's domain out", "xc: {domains: [nic-xc.example]}", ""},
      {"a tech contact whose domain never counts", "xe: {domains: [nic-xe.example]}",
       "note needless `domains` of `xe` only repeats the domain of the contacts\n"},
      {"it keeps the previous contact's domain out", "xf: {domains: [new.example]}", ""},
      {"what an unusable entry would say nobody knows", "xg: {domains: [nic.example]}", ""},
      {"a family that is one already", "xa: {covers: [xb]}",
       "note needless `covers` of `xa` changes nothing by itself: the ccTLDs have one admin contact "
       "already\n"},
      {"none that is one", "xa: {covers: [xc]}",
       "note needless `covers` of `xa` changes nothing by itself\n"},
      {"covers with aliases", "xa: {covers: [xb], aliases: {a@nic.example: [b@nic.example]}}",
       "note needless `covers` of `xa` changes nothing by itself: the ccTLDs have one admin contact "
       "already\n"},
      {"covers with never", "xa: {covers: [xb], same_registry: never}", ""},
      {"an empty entry", "xa: {}", "note needless `xa` says nothing\n"},
      {"a region is said", "xa: {region: AF}\nxb: {region: EU}", ""},
      {"never is an answer, or a decision", "xd: {same_registry: never}\nxa: {same_registry: never}", ""},
      {"aliases of a contact", "xa: {aliases: {A@nic.example: [b@nic.example]}}", ""},
      {"of one of another role", "xc: {aliases: {noc@backend.example: [b@backend.example]}}", ""},
      {"of a contact that is covered",
       "xa: {covers: [xc], domains: [x.example], aliases: {c@nic-xc.example: [b@x.example]}}", ""},
      {"of the previous contact", "xf: {aliases: {f@old.example: [b@old.example]}}", ""},
      {"of no contact", "xa: {aliases: {gone@nic.example: [b@nic.example]}}",
       "note needless `aliases` of `xa` names gone@nic.example, which is no contact\n"},
      {"of itself", "xa: {aliases: {a@nic.example: [A@nic.example]}}",
       "note needless `aliases` of `xa` names a@nic.example as an alias of itself\n"},
      {"of a contact of others", "xa: {aliases: {c@nic-xc.example: [b@nic.example]}}",
       "warning foreign_alias `aliases` of `xa` names c@nic-xc.example, a contact of .xc instead: the "
       "aliases "
       "count there\n"},
      {"of an unusable entry", "xg: {aliases: {g@nic.example: [b@nic.example]}}", ""},
      {"a ccTLD that is not there", "xz: {domains: [nic.example], aliases: {z@nic.example: [b@nic.example]}}",
       "warning unknown_cctld `xz` speaks of .xz, which the contact data does not have\n"},
      {"one of several", "xa: {covers: [xz], domains: [nic.example, x.example]}",
       "warning unknown_cctld `xa` speaks of .xz, which the contact data does not have\n"},
  }));
  INFO(row.story);
  const auto findings = check_overrides(cctlds(), overrides(row.yaml));
  CHECK(text(findings) == row.want);
  CHECK(std::all_of(findings.begin(), findings.end(), [](const Finding& each) { return each.in_overrides; }));
}

TEST_CASE("what is called needless changes no answer of the directory") {
  const std::string yaml = GENERATE(
      "xa: {covers: [xb], domains: [nic.example]}", "xe: {domains: [nic-xe.example]}", "xa: {covers: [xb]}",
      "xa: {covers: [xc]}", "xa: {aliases: {gone@nic.example: [b@nic.example]}}",
      "xa: {aliases: {a@nic.example: [A@nic.example]}}");
  INFO(yaml);
  REQUIRE(text(check_overrides(cctlds(), overrides(yaml))).starts_with("note needless"));
  const Directory with(cctlds(), overrides(yaml), {}), without(cctlds(), overrides(""), {});
  const std::set<Role> roles = GENERATE(values<std::set<Role>>({{Role::admin}, {Role::admin, Role::tech}}));
  for (const CcTld& cctld : cctlds()) {
    for (const char* name :
         {"nic.example", "mx.nic.example", "nic-xc.example", "nic-xe.example", "x.nic-xe.example",
          "backend.example", "freemail.example", "example", "old.example"}) {
      INFO(cctld.label.ascii() << " " << name);
      const Domain domain = *Domain::parse(name);
      CHECK(with.same_registry(cctld, roles, domain) == without.same_registry(cctld, roles, domain));
      CHECK(with.same_organisation(cctld, roles, domain) == without.same_organisation(cctld, roles, domain));
      for (const char* local : {"a@", "b@", "e@", "gone@"}) {
        const Address address = *Address::parse(std::string(local) + name);
        CHECK(with.is_contact(cctld, roles, address) == without.is_contact(cctld, roles, address));
        CHECK(with.cctlds_of(roles, address) == without.cctlds_of(roles, address));
      }
    }
  }
}

TEST_CASE("the override that covers a ccTLD is found") {
  const auto known = overrides("xa: {covers: [xb], domains: [nic.example]}");
  REQUIRE(override_of(known, *parse_cctld("xb")));
  CHECK(override_of(known, *parse_cctld("xb"))->key.ascii() == "xa");
  CHECK(override_of(known, *parse_cctld("xa"))->registry->domains.size() == 1);
  CHECK_FALSE(override_of(known, *parse_cctld("xc")));
}
