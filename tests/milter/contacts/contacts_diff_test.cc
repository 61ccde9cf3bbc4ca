#include "milter/contacts/contacts_diff.h"

#include <functional>

#include "policy/names/cctld.h"
#include "tests/support/catch.h"
#include "tests/support/values.h"

using namespace ccgate;
using namespace ccgate::test;

namespace {

CcTld known(const char* label) {
  CcTld one = cctld(label, "a@nic.example");
  one.organisation = "NIC";
  one.dnssec = true;
  return one;
}

std::string text(const std::vector<Difference>& differences) {
  std::string out;
  for (const Difference& each : differences) {
    const char* kind = each.kind == Difference::Kind::added     ? "+"
                       : each.kind == Difference::Kind::removed ? "-"
                                                                : "";
    out += kind + each.cctld.ascii() + " " + each.field + " " + each.before.value_or("/") + " " +
           each.after.value_or("/") + "\n";
  }
  return out;
}

}  // namespace

TEST_CASE("each changed field is one difference") {
  struct Row {
    const char* story;
    std::function<void(CcTld&)> change;
    std::string want, back;
  };
  const auto row = GENERATE_COPY(values<Row>({
      {"nothing", [](CcTld&) {}, "", ""},
      {"dates of our own",
       [](CcTld& c) {
         c.fetched = 1;
         c.contacts.at(Role::admin).first_seen = 2;
         c.contacts.at(Role::admin).previous = PreviousContact{*Address::parse("z@nic.example"), 1, 2};
       },
       "", ""},
      {"the address", [](CcTld& c) { c.contacts.at(Role::admin).email = *Address::parse("b@nic.example"); },
       "xa admin.email a@nic.example b@nic.example\n", "xa admin.email b@nic.example a@nic.example\n"},
      {"its letter case",
       [](CcTld& c) { c.contacts.at(Role::admin).email = *Address::parse("A@nic.example"); },
       "xa admin.email a@nic.example A@nic.example\n", "xa admin.email A@nic.example a@nic.example\n"},
      {"the name and the date",
       [](CcTld& c) {
         c.contacts.at(Role::admin).name = "Anne";
         c.contacts.at(Role::admin).changed = 1795327200;
       },
       "xa admin.name / Anne\nxa admin.changed / 2026-11-22T06:00:00Z\n",
       "xa admin.name Anne /\nxa admin.changed 2026-11-22T06:00:00Z /\n"},
      {"another role", [](CcTld& c) { c.contacts.emplace(Role::security, contact("s@nic.example")); },
       "xa security.email / s@nic.example\n", "xa security.email s@nic.example /\n"},
      {"the organisation", [](CcTld& c) { c.organisation = "Other"; }, "xa organisation NIC Other\n",
       "xa organisation Other NIC\n"},
      {"DNSSEC", [](CcTld& c) { c.dnssec = false; }, "xa dnssec signed unsigned\n",
       "xa dnssec unsigned signed\n"},
      {"DNSSEC not known", [](CcTld& c) { c.dnssec = std::nullopt; }, "xa dnssec signed /\n",
       "xa dnssec / signed\n"},
      {"an anomaly", [](CcTld& c) { c.anomaly = "why"; }, "xa anomaly / why\n", "xa anomaly why /\n"},
      {"an unusable entry",
       [](CcTld& c) { c = CcTld{c.label, {}, "", std::nullopt, std::nullopt, "why", true}; },
       "xa admin.email a@nic.example /\nxa usable yes no\nxa anomaly / why\n",
       "xa admin.email / a@nic.example\nxa usable no yes\nxa anomaly why /\n"},
  }));
  INFO(row.story);
  CcTld after = known("xa");
  row.change(after);
  CHECK(text(diff_contacts({known("xa")}, {after})) == row.want);
  CHECK(text(diff_contacts({after}, {known("xa")})) == row.back);
}

TEST_CASE("ccTLDs that came and went are told in the order of their labels") {
  CHECK(text(diff_contacts({known("xc"), known("xa")}, {known("xn--p1ai"), known("xc"), known("xb")})) ==
        "-xa admin.email a@nic.example /\n+xb admin.email / a@nic.example\n"
        "+xn--p1ai admin.email / a@nic.example\n");
  CHECK(diff_contacts({known("xb"), known("xa")}, {known("xa"), known("xb")}).empty());
}
