#include "milter/tool/contacts_show.h"
#include "milter/tool/contacts_address.h"

#include "milter/system/timestamp.h"
#include "milter/tool/contacts_table.h"
#include "policy/names/cctld.h"
#include "tests/support/catch.h"

using namespace ccgate;

// The rest is in tests/contacts/, as the operator sees it.

namespace {

ContactsView view() {
  const std::int64_t now = *parse_timestamp("2026-11-24T12:00:00Z");
  CcTld xa{*parse_cctld("xa"), {}, "", now, std::nullopt, "", false};
  Contact admin{*Address::parse("new@nic.example"), "", *parse_timestamp("2026-11-19"),
                *parse_timestamp("2026-11-20")};
  admin.previous = PreviousContact{*Address::parse("old@nic.example"), *parse_timestamp("2020-01-01"),
                                   *parse_timestamp("2026-11-19")};
  xa.contacts.emplace(Role::admin, admin);
  ContactsView all;
  all.contacts.cctlds.push_back(xa);
  all.now = now;
  return all;
}

}  // namespace

TEST_CASE("who was the contact before is shown") {
  const ContactsView all = view();
  CHECK(show_all(all, false) ==
        "CCTLD  ADMIN CONTACT    AGE  FETCHED     MARKS\n"
        ".xa    new@nic.example  4d   2026-11-24  previous\n");
  CHECK(show_cctld(all, all.contacts.cctlds[0], false) ==
        ".xa\n"
        "  admin          new@nic.example\n"
        "                 changed 2026-11-19, first seen 2026-11-20, 4 days old\n"
        "                 before: old@nic.example, 2020-01-01 to 2026-11-19\n"
        "  fetched        2026-11-24T12:00:00Z, 0 days ago\n"
        "  dnssec         not known\n");
  const std::string json = show_cctld(all, all.contacts.cctlds[0], true);
  CHECK(json.find(R"("previous":{"email":"old@nic.example","first_seen":"2020-01-01T00:00:00Z",)"
                  R"("last_seen":"2026-11-19T00:00:00Z"})") != std::string::npos);
  const auto record = find_address(all, *Address::parse("OLD@nic.example"));
  REQUIRE(record);
  CHECK(show_address(all, *record, false) == "OLD@nic.example\n  previous of    .xa: admin\n");
}

TEST_CASE("an address that is known for nothing is not known") {
  ContactsView all = view();
  all.alias_sets = {{*Address::parse("one@nic.example"), *Address::parse("two@nic.example")}};
  CHECK_FALSE(find_address(all, *Address::parse("stranger@nic.example")));
  CHECK_FALSE(find_address(all, *Address::parse("one@nic.example")));
  all.alias_sets.push_back({*Address::parse("one@nic.example"), *Address::parse("new@nic.example")});
  const auto record = find_address(all, *Address::parse("one@nic.example"));
  REQUIRE(record);
  CHECK(show_address(all, *record, false) ==
        "one@nic.example\n  alias of       new@nic.example, .xa: admin\n");
}
