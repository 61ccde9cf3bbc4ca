#include "milter/site/aliases.h"
#include "tests/support/catch.h"

using namespace ccgate;

namespace {

std::string read(const std::string& text, Issues& issues) {
  std::string all;
  for (const auto& set : parse_aliases(text, "aliases", issues)) {
    for (const Address& address : set) all += address.text() + " ";
    all += "\n";
  }
  return all;
}

}  // namespace

TEST_CASE("a name and each of its addresses reach the same people, the addresses among themselves do not") {
  Issues issues;
  CHECK(read("# comment\n"
             "\n"
             "a@one.example: b@two.example,\n"
             "   # a comment amid\n"
             "\tc@three.example , A@ONE.example\n"
             "d@one.example: e@two.example\n",
             issues) ==
        "a@one.example b@two.example \na@one.example c@three.example \nd@one.example e@two.example \n");
  CHECK(issues.empty());
}

TEST_CASE("what is no address is told and ignored") {
  struct Row {
    const char* text;
    const char* warning;
  };
  const auto row = GENERATE(values<Row>({
      {"root: a@one.example\n", "`root` is no address with a domain, and is ignored"},
      {"a@one.example: anne\n", "`anne` is no address with a domain, and is ignored"},
      {"a@one.example: |/bin/cat\n", "`|/bin/cat` is no address with a domain, and is ignored"},
      {"a@one.example: \"|/bin/cat, x\"\n", "`\"|/bin/cat, x\"` is no address with a domain, and is ignored"},
      {"a@one.example: :include:/etc/x\n", "`:include:/etc/x` is no address with a domain, and is ignored"},
      {"a@one.example: /dev/null\n", "`/dev/null` is no address with a domain, and is ignored"},
      {"a@one.example: \\b@two.example\n", "`\\b@two.example` is no address with a domain, and is ignored"},
  }));
  INFO(row.text);
  Issues issues;
  CHECK(read(row.text, issues).empty());
  REQUIRE(issues.size() == 1);
  CHECK(issues.front().what == row.warning);
  CHECK(issues.front().severity == Severity::warning);
}

TEST_CASE("a line without a colon is an error") {
  Issues issues;
  CHECK(read("a@one.example b@two.example\n", issues).empty());
  CHECK(has_errors(issues));
}
