#include "policy/registry/roster.h"

#include "policy/names/cctld.h"

#include "tests/support/catch.h"

using namespace ccgate;

TEST_CASE("a roster has a member in each line") {
  Issues issues;
  const Roster roster = parse_roster(
      "# tld-ops\n\n  xa anne@nic.example\r\nxa\tben@nic.example\nxb  anne@nic.example\nXA Anne@NIC.example",
      "roster", issues);
  CHECK(issues.empty());
  REQUIRE(roster.size() == 2);
  CHECK(roster.at(*parse_cctld("xa")) ==
        std::set<Address>{*Address::parse("anne@nic.example"), *Address::parse("ben@nic.example")});
  CHECK(roster.at(*parse_cctld("xb")).size() == 1);
}

TEST_CASE("the ccTLD of a member is read as people write it") {
  const auto row = GENERATE(table<const char*, const char*>(
      {{".xa", "xa"}, {"XA", "xa"}, {"\xd1\x80\xd1\x84", "xn--p1ai"}, {".xn--p1ai", "xn--p1ai"}}));
  Issues issues;
  const Roster roster = parse_roster(std::string(std::get<0>(row)) + " anne@nic.example\n", "roster", issues);
  CHECK(issues.empty());
  REQUIRE(roster.size() == 1);
  CHECK(roster.begin()->first.ascii() == std::get<1>(row));
}

TEST_CASE("a line that names no ccTLD, or no address, is told and left out") {
  const std::string line = GENERATE("nic.xa anne@nic.example", "example anne@nic.example", "xa anne", "xa",
                                    "anne@nic.example xa", "xa anne@nic.example ben@nic.example");
  INFO(line);
  Issues issues;
  const Roster roster = parse_roster("xb ben@nic.example\n" + line + "\n", "roster", issues);
  CHECK(roster.size() == 1);
  REQUIRE(issues.size() == 1);
  CHECK(issues.front().severity == Severity::warning);
  CHECK(issues.front().at.line == 2);
  CHECK(issues.front().what == "no member in this line");
}
