#include "policy/registry/registries_yaml.h"

#include "tests/support/catch.h"

using namespace ccgate;

TEST_CASE("registries.yaml says what the operator knows better") {
  Issues issues;
  const auto overrides = parse_registries(
      "xa: {covers: [XA, .xb, xn--p1ai], domains: [NIC.example], operators: [backend.example],\n"
      "     aliases: {Hostmaster@nic.example: [iana@backend.example, noc@backend.example]}}\n"
      "xc: {same_registry: never, region: LAC}\n"
      "no: {domains: [no.example]}\n"
      "xe: {domains: [co.uk]}\n"
      "shared_domains: [freemail.example]\n",
      "registries.yaml", issues);
  REQUIRE(overrides);
  CHECK(overrides->registries.size() == 4);
  const RegistryOverride& xa = overrides->registries.at(*Domain::parse("xa"));
  CHECK(xa.covers.size() == 3);
  CHECK(xa.domains.contains(*Domain::parse("nic.example")));
  CHECK(xa.operators.contains(*Domain::parse("backend.example")));
  CHECK(xa.aliases.at(*Address::parse("hostmaster@nic.example")).size() == 2);
  CHECK(overrides->registries.at(*Domain::parse("xc")).never_same_registry);
  CHECK(overrides->registries.at(*Domain::parse("xc")).region == Region::latin_america);
  CHECK_FALSE(xa.region);
  CHECK(overrides->shared_domains.contains(*Domain::parse("freemail.example")));
  REQUIRE(issues.size() == 2);
  CHECK(issues[0].what == "unquoted `no` is false for other YAML programs");
  CHECK(issues[1].what == "others register names under `co.uk`");
  CHECK_FALSE(has_errors(issues));
}

TEST_CASE("a region is one of five words") {
  for (const char* word : {"eu", "Europe", "NO", "''", "[EU]"}) {
    INFO(word);
    Issues issues;
    CHECK_FALSE(parse_registries("xa: {region: " + std::string(word) + "}\n", "registries.yaml", issues));
    CHECK(has_errors(issues));
  }
}
