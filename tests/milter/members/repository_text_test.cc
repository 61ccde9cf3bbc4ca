#include "milter/members/repository_text.h"

#include "tests/support/catch.h"

using namespace ccgate;

namespace {

Member row(const std::string& cctld, const std::string& name, std::int64_t since, std::int64_t ended = 0,
           std::int64_t checked = 0) {
  Member one;
  one.list = "tld-ops";
  one.cctld = cctld;
  one.name = name;
  one.address = one.email = name.empty() ? "" : name + "@nic.xa";
  one.since = since;
  one.ended = ended;
  one.checked = checked;
  return one;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("what changed on a list, and who is on it") {
  const RepositoryLines lines =
      repository_lines({row("xn--p1ai", "anne", 900), row("xb", "ben", 1500), row("xa", "cleo", 100, 1200),
                        row("xa", "dora", 100, 0, 1100), row("xa", "", 100, 1300), row("xa", "eve", 100, 900),
                        row("xb", "fay", 100, 1100), row("xb", "fay", 1200), row("xb", "gil", 1100, 1200)},
                       1000);
  CHECK(lines.changes == Lines{"joined:    .xb ben <ben@nic.xa>", "left:      .xa somebody",
                               "left:      .xa cleo <cleo@nic.xa>", "confirmed: .xa dora <dora@nic.xa>"});
  CHECK(lines.count == 4);
  CHECK(lines.members == Lines{".xa", "  dora, dora@nic.xa", "", ".xb", "  ben, ben@nic.xa",
                               "  fay, fay@nic.xa", "", ".рф", "  anne, anne@nic.xa"});
}

TEST_CASE("a list on which nothing changed") {
  CHECK(repository_lines({row("xa", "anne", 10)}, 1000).changes == Lines{"nothing changed"});
  CHECK(repository_lines({}, 1000).members.empty());
}

TEST_CASE("names of members are harmless in the mail about them") {
  const RepositoryLines lines = repository_lines({row("xa", "x\r\nBcc: y\xe2\x80\xae", 1500)}, 1000);
  for (const Lines& part : {lines.changes, lines.members})
    for (const std::string& line : part) {
      CHECK(line.find('\n') == std::string::npos);
      CHECK(line.find('\r') == std::string::npos);
      CHECK(line.find("\xe2\x80\xae") == std::string::npos);
    }
  Member lure = row("xa", "Log in at https://evil.example/x?y", 1500);
  lure.email = "anne@nic.xa";
  lure.phone = "www.evil.example";
  const RepositoryLines lured = repository_lines({lure}, 1000);
  CHECK(lured.changes == Lines{"joined:    .xa Log in at https[:][/][/]evil[.]example[/]x?y <anne@nic.xa>"});
  CHECK(lured.members ==
        Lines{".xa", "  Log in at https[:][/][/]evil[.]example[/]x?y, www[.]evil[.]example, anne@nic.xa"});
}

TEST_CASE("of many changes the rest is counted, and each kind is told") {
  std::vector<Member> rows;
  for (int i = 0; i < 502; ++i) rows.push_back(row("xa", "p" + std::to_string(i), 1500));
  rows.push_back(row("xa", "anne", 100, 1200));
  const RepositoryLines lines = repository_lines(rows, 1000);
  REQUIRE(lines.changes.size() == 502);
  CHECK(lines.changes[500] == "joined:    and 2 more");
  CHECK(lines.changes[501] == "left:      .xa anne <anne@nic.xa>");
}
