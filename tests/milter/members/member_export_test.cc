#include "milter/members/member_export.h"

#include <algorithm>

#include "tests/support/catch.h"

namespace ccgate {
namespace {

Member exported(const std::string& cctld, const std::string& email, const std::string& name,
                const std::string& phone = "") {
  return {.list = "tld-ops",
          .cctld = cctld,
          .address = email,
          .email = email,
          .name = name,
          .phone = phone,
          .other_email = "",
          .since = 1424736000,
          .began_by = "import",
          .checked = 0,
          .voucher = ""};
}

Member forgotten() {
  Member gone = exported("xa", "", "");
  gone.ended = 1500000000;
  return gone;
}

}  // namespace

TEST_CASE("a vCard for each person, with all its ccTLDs") {
  Member anne = exported("xn--p1ai", "anne@nic.xa", "Anne; A, B\\C", "+999 1");
  anne.other_email = "anne@other.example";
  anne.checked = 1500000000;
  CHECK(members_vcards(
            {anne, exported("xa", "anne@nic.xa", "Anne"), exported("xb", "ben@nic.xa", ""), forgotten()}) ==
        "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Anne\\; A\\, B\\\\C\r\nEMAIL;PREF=1:anne@nic.xa\r\n"
        "EMAIL:anne@other.example\r\nTEL:+999 1\r\nCATEGORIES:.xa,.\xd1\x80\xd1\x84\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:ben@nic.xa\r\nEMAIL;PREF=1:ben@nic.xa\r\nCATEGORIES:.xb\r\n"
        "END:VCARD\r\n");
}

TEST_CASE("no line of a vCard is too long, none begins within a character, and none is of somebody else's") {
  std::string name;
  for (int i = 0; i < 60; ++i) name += "\xc3\xa4\xe2\x82\xac";
  const std::string cards =
      members_vcards({exported("xa", "anne@nic.xa", name + "\r\nEMAIL:mallory@evil.example\r\n")});
  std::size_t start = 0, lines = 0;
  for (std::size_t end = 0; (end = cards.find("\r\n", start)) != std::string::npos;
       start = end + 2, ++lines) {
    CHECK(end - start <= 75);
    CHECK((static_cast<unsigned char>(cards[start]) & 0xC0U) != 0x80U);
    CHECK(cards.substr(start).rfind("EMAIL:", 0) == std::string::npos);
  }
  CHECK(lines > 8);
  CHECK(start == cards.size());
  CHECK(std::count(cards.begin(), cards.end(), '\n') == static_cast<std::ptrdiff_t>(lines));
}

TEST_CASE("the members for people, ASCII ccTLDs first") {
  Member ben = exported("xb", "ben@nic.xa", "Ben\x1b[2J\xe2\x80\xae", "+999 2");
  ben.other_email = "ben@other.example";
  CHECK(members_plain({exported("xn--p1ai", "cleo@nic.xa", "Cleo"), ben, exported("xa", "anne@nic.xa", ""),
                       forgotten(), exported("xb", "anne@nic.xa", "Anne")}) ==
        ".xa\n  anne@nic.xa\n"
        "\n.xb\n  Anne, anne@nic.xa\n  Ben[2J, +999 2, ben@nic.xa, ben@other.example\n"
        "\n.\xd1\x80\xd1\x84\n  Cleo, cleo@nic.xa\n");
  CHECK(members_plain({}).empty());
}

TEST_CASE("of those who were forgotten no file tells") {
  CHECK(members_csv({forgotten()}) == "cctld,name,email,phone,other_email,since\n");
  CHECK(members_vcards({forgotten()}).empty());
  CHECK(members_plain({forgotten()}).empty());
}

}  // namespace ccgate
