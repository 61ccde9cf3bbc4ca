#include "milter/contacts/families.h"

#include <fstream>
#include <map>

#include "policy/names/cctld.h"
#include "tests/support/catch.h"
#include "tests/support/values.h"

using namespace ccgate;
using namespace ccgate::test;

namespace {}  // namespace

TEST_CASE("ccTLDs with one admin address are a family") {
  std::vector<CcTld> cctlds{cctld("xc", "admin@nic.example"),   cctld("xb", "Admin@nic.example"),
                            cctld("xa", "admin@other.example"), cctld("xn--p1ai", "admin@NIC.example"),
                            cctld("xd", "tech@nic.example"),    cctld("xe", "admin@nic.example")};
  cctlds[4].contacts.emplace(Role::tech,
                             Contact{*Address::parse("admin@nic.example"), "", std::nullopt, std::nullopt});
  cctlds[5].unusable = true;
  const auto found = families(cctlds);
  REQUIRE(found.size() == 1);
  CHECK(found[0].admin.text() == "Admin@nic.example");
  CHECK(found[0].cctlds ==
        std::set<Domain>{*parse_cctld("xb"), *parse_cctld("xc"), *parse_cctld("xn--p1ai")});
  CHECK(families({}).empty());
}

TEST_CASE("the families that IANA's data has are found, and no others") {
  std::ifstream file(CCGATE_SOURCE_DIR "/tests/iana/families.csv");
  REQUIRE(file);
  std::map<std::string, std::set<Domain>> wanted;
  std::vector<CcTld> cctlds;
  std::string line;
  std::getline(file, line);
  REQUIRE(line.starts_with("family,a_label,"));
  while (std::getline(file, line)) {
    const auto first = line.find(','), second = line.find(',', first + 1);
    const std::string family = line.substr(0, first), label = line.substr(first + 1, second - first - 1);
    // Every second one in capitals: a registry does not always write its address in the same way.
    cctlds.push_back(
        cctld(label, (cctlds.size() % 2 == 0 ? "admin-" : "ADMIN-") + family + "@registry.example"));
    wanted[family].insert(*parse_cctld(label));
  }
  REQUIRE(cctlds.size() == 102);
  for (const char* alone : {"xa", "xb", "xc"})
    cctlds.push_back(cctld(alone, std::string(alone) + "@nic.example"));
  const auto found = families(cctlds);
  CHECK(found.size() == 39);
  std::set<std::set<Domain>> as_sets;
  std::size_t labels = 0;
  for (const Family& family : found) {
    as_sets.insert(family.cctlds);
    labels += family.cctlds.size();
  }
  CHECK(labels == 102);
  for (const auto& [family, members] : wanted) {
    INFO(family);
    CHECK(as_sets.contains(members));
  }
}
