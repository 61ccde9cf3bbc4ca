#include "milter/members/member_import.h"

#include "milter/members/member_export.h"
#include "tests/support/catch.h"

namespace ccgate {
namespace {

constexpr std::int64_t kImported = 1894708800;  // 2030-01-15T12:00:00Z

std::string import_faults(std::string_view text) {
  Issues issues;
  CHECK_FALSE(read_members_csv(text, "members.csv", "tld-ops", kImported, issues));
  std::string all;
  for (const Issue& issue : issues)
    all += std::to_string(issue.at.line) + ":" + std::to_string(issue.at.column) + " " + issue.what + "\n";
  return all;
}

std::vector<Member> imported(std::string_view text) {
  Issues issues;
  const auto members = read_members_csv(text, "members.csv", "tld-ops", kImported, issues);
  for (const Issue& issue : issues) UNSCOPED_INFO(render(issue));
  REQUIRE(members);
  return *members;
}

}  // namespace

TEST_CASE("members are imported as they are written down") {
  const auto members = imported(
      "\xef\xbb\xbf"
      "cctld,name,email,phone,other_email,since\r\n"
      ".XA,\"Example, \xc3\x84nne\",Anne@NIC.xa,+999 1,anne@other.example,2015-02-24\r\n"
      "xn--p1ai,Ben,ben@nic.xa,,,\r\n");
  REQUIRE(members.size() == 2);
  CHECK(members[0] == Member{.list = "tld-ops",
                             .cctld = "xa",
                             .address = "anne@nic.xa",
                             .email = "Anne@nic.xa",
                             .name = "Example, \xc3\x84nne",
                             .phone = "+999 1",
                             .other_email = "anne@other.example",
                             .since = 1424736000,
                             .began_by = "import",
                             .checked = 0,
                             .voucher = ""});
  CHECK(members[1].cctld == "xn--p1ai");
  CHECK(members[1].since == kImported);
  CHECK(imported("Email, CCTLD ,phone,name\nb@nic.xa,xa,,\n").front().email == "b@nic.xa");
  CHECK(imported("cctld,name,email,phone\n").empty());
}

TEST_CASE("an IDN ccTLD may be written in its own letters") {
  CHECK(imported("cctld,name,email,phone\n\xd1\x80\xd1\x84,,a@nic.xa,\n").front().cctld == "xn--p1ai");
}

TEST_CASE("everything wrong with an import is told at once") {
  CHECK(import_faults("cctld,name,email,phone,other_email,since\n"
                      "xa,Anne,anne@nic.xa,+999 1,,\n"
                      "example,Ben,ben nic.xa,none,x,yesterday\n"
                      "xa,Ben\n"
                      "xb,\"a\"b,c@nic.xb,,,2031-01-01\n"
                      "xa,Anne,ANNE@nic.xa,,,\n"
                      "xc,a\xe2\x80\xae"
                      "b,d@nic.xc,,,\n"
                      "xc,a\x01"
                      "b,e@nic.xc,,,\n"
                      "xc,\xff,f@nic.xc,,,\n"
                      "xd,Dora,dora@nic.xd,1,,2020-02-30\n") ==
        "3:1 `example` is no ccTLD\n"
        "3:13 `ben nic.xa` is no e-mail address\n"
        "3:24 `none` is no phone number\n"
        "3:29 `x` is no e-mail address\n"
        "3:31 `yesterday` is no date\n"
        "4:1 2 cells, and the first line has 6\n"
        "5:7 text behind a closing quote\n"
        "5:20 `2031-01-01` is in the future\n"
        "6:9 `ANNE@nic.xa` is named for `xa` twice\n"
        "7:4 a control or direction mark in `a\xef\xbf\xbd"
        "b`\n"
        "8:4 a control or direction mark in `a\xef\xbf\xbd"
        "b`\n"
        "9:4 this cell is not UTF-8\n"
        "10:24 `2020-02-30` is no date\n");
  CHECK(import_faults("cctld,name,email,phone\nxa," + std::string(201, 'x') +
                      ",a@nic.xa,\nxa,\"b\nc\",a@nic.xa,\n") ==
        "2:4 201 octets, and there may be 200\n3:4 a control or direction mark in `b\xef\xbf\xbd"
        "c`\n"
        "4:4 `a@nic.xa` is named for `xa` twice\n");
  CHECK(import_faults(std::string("cctld,name,email,phone\nxa,a\0b,a@nic.xa,\n", 40)) ==
        "2:4 a control or direction mark in `a\xef\xbf\xbd"
        "b`\n");
}

TEST_CASE("columns that are not understood are told before any row") {
  CHECK(import_faults("") == "0:0 there is nothing in it\n");
  CHECK(import_faults("cctld,name,email\nxa,Anne,anne@nic.xa\n") == "1:1 there is no column `phone`\n");
  CHECK(import_faults("cctld,name,mail,phone\n,,,\n") == "1:12 no such column as `mail`\n");
  CHECK(import_faults("cctld,name,email,phone,Name\n") == "1:24 column `name` stands there twice\n");
  CHECK(import_faults("xa,Anne,anne@nic.xa,1\n") == "1:1 no such column as `xa`\n");
}

TEST_CASE("what was exported is imported, and exported as the same octets") {
  Member hostile;
  hostile.list = "tld-ops";
  hostile.cctld = "xa";
  hostile.address = hostile.email = "=cmd@nic.xa";
  hostile.name = "=HYPERLINK(\"http://evil.example\")\n\xe2\x80\xae<script>, \"x\"";
  hostile.phone = "+49 ext 5";
  hostile.other_email = "-x@other.example";
  hostile.since = 1424736000 + 3600;
  Member plain = hostile;
  plain.cctld = "xn--p1ai";
  plain.address = plain.email = "anne@nic.xa";
  plain.name = "'\xc3\x84nne";
  plain.phone = "+999 (1) 2-3";
  plain.other_email = "";
  const std::string once = members_csv({plain, hostile});
  CHECK(once ==
        "cctld,name,email,phone,other_email,since\n"
        "xa,\"'=HYPERLINK(\"\"http://evil.example\"\") <script>, \"\"x\"\"\",'=cmd@nic.xa,'+49 ext 5,"
        "'-x@other.example,2015-02-24\n"
        "xn--p1ai,'\xc3\x84nne,anne@nic.xa,+999 (1) 2-3,,2015-02-24\n");
  CHECK(members_csv(imported(once)) == once);
}

}  // namespace ccgate
