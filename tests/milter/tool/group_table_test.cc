#include "milter/tool/group_table.h"

#include "tests/support/catch.h"

namespace ccgate {
namespace {

TEST_CASE("groups are told by their number") {
  const std::vector<GroupCount> counts{
      {"outsider", "reject", 12}, {"rule", "accept", 5}, {"rule", "reject", 20}};
  CHECK(group_table(counts, LedgerGroup::ground) ==
        "GROUND    ALL  ACCEPT  REJECT\n"
        "rule      25   5       20\n"
        "outsider  12   -       12\n");
  CHECK(group_json(counts, LedgerGroup::ground) ==
        "{\"ground\":\"rule\",\"decisions\":25,\"verdicts\":{\"accept\":5,\"reject\":20}}\n"
        "{\"ground\":\"outsider\",\"decisions\":12,\"verdicts\":{\"reject\":12}}\n");
}

TEST_CASE("days by time, ccTLDs by name, what no policy decided apart") {
  CHECK(group_table({{"1894708800", "accept", 1}, {"86400", "", 7}}, LedgerGroup::day) ==
        "DAY         ALL  ACCEPT  NONE\n"
        "1970-01-02  7    -       7\n"
        "2030-01-15  1    1       -\n");
  CHECK_THAT(group_table({{"xn--p1ai", "hold", 1}}, LedgerGroup::cctld), contains(".xn--p1ai (рф)"));
  CHECK(group_table({{"", "reject", 1}}, LedgerGroup::author_domain) ==
        "AUTHOR DOMAIN  ALL  REJECT\n"
        "-              1    1\n");
}

}  // namespace
}  // namespace ccgate
