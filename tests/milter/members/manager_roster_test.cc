#include "milter/members/manager_roster.h"

#include "tests/support/catch.h"

namespace ccgate {
namespace {

constexpr std::int64_t kCompared = 1894708800;  // 2030-01-15T12:00:00Z

std::string roster_read(std::string_view text) {
  Issues issues;
  const auto roster = read_manager_roster(text, "roster", issues);
  std::string all;
  for (const Issue& issue : issues) all += std::to_string(issue.at.line) + " " + issue.what + "\n";
  CHECK(roster.has_value() == issues.empty());
  if (roster)
    for (const Address& address : *roster) all += address.text() + "\n";
  return all;
}

Member on_list(const std::string& cctld, const std::string& address, std::int64_t days = 100) {
  Member member;
  member.list = "tld-ops";
  member.cctld = cctld;
  member.address = member.email = address;
  member.since = kCompared - days * kDaySeconds;
  return member;
}

std::set<Address> addresses(const std::vector<const char*>& texts) {
  std::set<Address> all;
  for (const char* text : texts) all.insert(Address::parse(text).value());
  return all;
}

std::string compared(const std::vector<Member>& members, const std::set<Address>& roster,
                     const std::set<Address>& bouncing = {}) {
  const RosterComparison comparison = compare_roster(members, roster, bouncing, kCompared);
  std::string all;
  for (const Address& address : comparison.unvouched) all += "unvouched " + address.text() + "\n";
  for (const Member& member : comparison.missing)
    all += "missing " + member.cctld + " " + member.email + "\n";
  for (const Member& member : comparison.bouncing)
    all += "bouncing " + member.cctld + " " + member.email + "\n";
  if (comparison.joining != 0) all += std::to_string(comparison.joining) + " joining\n";
  CHECK(comparison.same() == (all.empty() || all == "1 joining\n"));
  return all;
}

}  // namespace

TEST_CASE("the rosters of list managers") {
  CHECK(roster_read("").empty());
  CHECK(roster_read(
            "ben@nic.xa\nAnne Example <Anne@nic.xa>\r\n\n# more\n\"A, #1, .xa, +999 1\" <c@nic.xa>\n") ==
        "Anne@nic.xa\nben@nic.xa\nc@nic.xa\n");
  CHECK(roster_read("\xef\xbb\xbf"
                    "ben@nic.xa") == "ben@nic.xa\n");
  CHECK(roster_read("date 1424736000\nemail anne@nic.xa\ngecos Anne <x@y.example>\nreception mail\n\n"
                    "email ben@nic.xa\n") == "anne@nic.xa\nben@nic.xa\n");
  CHECK(roster_read("a <b@nic.xa> <c@nic.xa>\n") == "c@nic.xa\n");
}

TEST_CASE("half a roster is none") {
  CHECK(roster_read("anne@nic.xa\nben@nic\x01.xa\n") ==
        "2 `ben@nic\xef\xbf\xbd.xa` is no address of a member\n");
  CHECK(roster_read("tld-ops@lists.example has no members\n") ==
        "1 `tld-ops@lists.example has no members` is no address of a member\n");
  CHECK(roster_read("<html>\nanne@nic.xa\n") == "1 `<html>` is no address of a member\n");
  CHECK(roster_read("anne@nic.xa\nAnne <anne@ni") == "2 `Anne <anne@ni` is no address of a member\n");
  CHECK(roster_read(std::string("a\0@nic.xa", 9)) == "1 `a\xef\xbf\xbd@nic.xa` is no address of a member\n");
}

TEST_CASE("who is on the list, and who is a member") {
  const std::vector<Member> members{on_list("xa", "anne@nic.xa"), on_list("xb", "anne@nic.xa"),
                                    on_list("xa", "ben@nic.xa")};
  CHECK(compared(members, addresses({"Anne@NIC.xa", "ben@nic.xa"})).empty());
  CHECK(compared(members, addresses({"anne@nic.xa", "mallory@evil.example"})) ==
        "unvouched mallory@evil.example\nmissing xa ben@nic.xa\n");
  CHECK(compared(members, addresses({"ben@nic.xa"})) == "missing xa anne@nic.xa\nmissing xb anne@nic.xa\n");
  CHECK(compared(members, addresses({"anne@nic.xa", "ben@nic.xa"}), addresses({"anne@nic.xa", "x@nic.xc"})) ==
        "bouncing xa anne@nic.xa\nbouncing xb anne@nic.xa\n");
  CHECK(compared({on_list("xa", "anne@nic.xa", 7), on_list("xa", "no address")}, {}) ==
        "missing xa no address\n1 joining\n");
}

TEST_CASE("a roster that lacks many is doubtful") {
  RosterComparison comparison;
  const auto people = [](std::size_t count, const std::vector<std::string>& cctlds = {"xa"}) {
    std::vector<Member> members;
    for (std::size_t i = 0; i < count; ++i)
      for (const std::string& cctld : cctlds) {
        Member member;
        member.cctld = cctld;
        member.address = "p" + std::to_string(i) + "@nic.example";
        members.push_back(std::move(member));
      }
    return members;
  };
  CHECK(is_doubtful(comparison, people(0), 0));
  CHECK_FALSE(is_doubtful(comparison, people(10), 10));
  comparison.missing = people(1);
  CHECK(is_doubtful(comparison, people(1), 1));
  CHECK(is_doubtful(comparison, people(2), 1));
  CHECK_FALSE(is_doubtful(comparison, people(3), 2));
  comparison.missing = people(1, {"xa", "xb", "xc", "xd", "xe", "xf"});
  CHECK_FALSE(is_doubtful(comparison, people(14, {"xa", "xb", "xc", "xd", "xe", "xf"}), 13));
  comparison.missing = people(2);
  CHECK(is_doubtful(comparison, people(39), 30));
  CHECK_FALSE(is_doubtful(comparison, people(40), 38));
  CHECK(is_doubtful(comparison, people(40), 0));
}

}  // namespace ccgate
