#include "milter/tool/doctor_text.h"

#include "tests/support/catch.h"

using namespace ccgate;

namespace {

LookResult some_look() {
  LookResult result{Look::dns};
  result.seen = {"`192.0.2.53` answers for `lists.example`"};
  result.found = {found(SiteFinding::dns_slow, {"192.0.2.54", "1500", "lists.example"}),
                  found(SiteFinding::dns_silent, {"192.0.2.55", "lists.example", "no answer in time"})};
  result.untold = {"why \x1b[2J"};
  return result;
}

}  // namespace

TEST_CASE("a look as people read it") {
  const std::string wrong =
      "hint     dns        the DNS server `192.0.2.54` took 1500 ms for `lists.example` [dns_slow]\n"
      "                    help: use one nearer to this machine, best on it\n"
      "problem  dns        the DNS server `192.0.2.55` does not answer for `lists.example`: no answer in "
      "time "
      "[dns_silent]\n"
      "                    help: mend it, or name others in `dns: {servers: [...]}`; requests are put off "
      "without "
      "DNS\n"
      "untold   dns        why \xef\xbf\xbd[2J\n";
  CHECK(look_text(some_look(), true) == wrong);
  CHECK(look_text(some_look(), false) ==
        "ok       dns        `192.0.2.53` answers for `lists.example`\n" + wrong);
  CHECK(look_text({Look::clock, {"it is noon"}}, true).empty());
}

TEST_CASE("a look as programs read it") {
  LookResult result = some_look();
  result.found.pop_back();
  result.untold.clear();
  CHECK(look_json(result) ==
        R"({"look":"dns","state":"hint","seen":["`192.0.2.53` answers for `lists.example`"],"found":[)"
        R"({"finding":"dns_slow","severity":"hint","what":"the DNS server `192.0.2.54` took 1500 ms for )"
        R"(`lists.example`","help":"use one nearer to this machine, best on it"}],"untold":[]})"
        "\n");
}

TEST_CASE("the last line counts") {
  DoctorCount count;
  CHECK(count_text("c.yaml", count) == "c.yaml: ok, 0 problem(s), 0 hint(s), 0 not to be told\n");
  count.add(some_look());
  CHECK(count_text("c.yaml", count) == "c.yaml: bad, 1 problem(s), 1 hint(s), 1 not to be told\n");
}
