#include "milter/members/member_lines.h"

#include "tests/support/catch.h"

namespace ccgate {
namespace {

constexpr std::int64_t kPrinted = 1894708800;  // 2030-01-15T12:00:00Z

/// `CCTLD|NAME|ADDRESS|PHONE` of each, or what is wrong.
std::string lines_read(std::string_view text) {
  Issues issues;
  const auto members = read_member_lines(text, "members", "tld-ops", kPrinted, issues);
  CHECK(members.has_value() == issues.empty());
  std::string all;
  for (const Issue& issue : issues) all += std::to_string(issue.at.line) + " " + issue.what + "\n";
  if (members)
    for (const Member& member : *members) {
      all += member.cctld + "|" + member.name + "|" + member.email + "|" + member.phone + "\n";
      CHECK(member.address == "anne@nic.xa");
      CHECK(member.began_by == "import");
      CHECK(member.since == kPrinted);
      CHECK(member.checked == 0);
    }
  return all;
}

}  // namespace

TEST_CASE("members as a list manager prints them") {
  CHECK(lines_read("\xef\xbb\xbf\"Anne Example, #1, .xa, +999 20 1234567\" <Anne@NIC.xa>\r\n\n") ==
        "xa|Anne Example|Anne@nic.xa|+999 20 1234567\n");
  CHECK(
      lines_read("\"Example, Anne, #2, .xa .xb, .xn--p1ai\" <anne@nic.xa>\n") ==
      "xa|Example, Anne|anne@nic.xa|\nxb|Example, Anne|anne@nic.xa|\nxn--p1ai|Example, Anne|anne@nic.xa|\n");
  CHECK(lines_read(".xa <anne@nic.xa>") == "xa||anne@nic.xa|\n");
  CHECK(lines_read("\"A \\\"B\\\" \\\\C, .xa\" <anne@nic.xa>") == "xa|A \"B\" \\C|anne@nic.xa|\n");
  CHECK(lines_read("=?utf-8?q?=C3=84nne=2C_=231=2C_=2Exa=2C_+999_1?= <anne@nic.xa>\n") ==
        "xa|\xc3\x84nne|anne@nic.xa|+999 1\n");
  CHECK(lines_read("").empty());
}

TEST_CASE("everything wrong with members as printed is told") {
  CHECK(lines_read("\"Anne, .xa\" <anne@nic.xa>\nanne@nic.xa\n\"Anne\" <anne@nic.xa>\n"
                   "\"Anne, .example\" <anne@nic.xa>\n\"Anne, .xa, office\" <anne@nic.xa>\n"
                   "\"Anne, .xb, 1, 2\" <anne@nic.xa>\n\"Anne, .xc\" <anne nic.xa>\n") ==
        "2 no address in angle brackets at the end of the line\n"
        "3 no ccTLD in the name\n"
        "4 `.example` is no ccTLD\n"
        "4 no ccTLD in the name\n"
        "5 `office` is neither ccTLD nor phone number\n"
        "5 `anne@nic.xa` is named for `xa` twice\n"
        "6 two phone numbers\n"
        "7 no address in angle brackets at the end of the line\n");
  CHECK(lines_read("\"A\xff, .xa\" <anne@nic.xa>\n").starts_with("1 the name cannot be read: "));
  CHECK(lines_read("\"" + std::string(201, 'x') + ", .xa\" <anne@nic.xa>\n") ==
        "1 a name of 201 octets, and there may be 200\n");
}

TEST_CASE("such lines and comma-separated values are told apart") {
  CHECK(are_member_lines("\n\"Anne, .xa\" <anne@nic.xa>\r\n"));
  CHECK_FALSE(are_member_lines("cctld,name,email,phone\nxa,<a>,b,<c>\n"));
  CHECK_FALSE(are_member_lines("anne@nic.xa\n"));
  CHECK_FALSE(are_member_lines(""));
}

}  // namespace ccgate
