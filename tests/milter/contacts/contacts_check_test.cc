#include "milter/contacts/contacts_check.h"

#include <algorithm>
#include <functional>

#include "milter/system/timestamp.h"
#include "policy/names/cctld.h"
#include "tests/support/catch.h"
#include "tests/support/values.h"

using namespace ccgate;
using namespace ccgate::test;

namespace {

constexpr std::int64_t kDay = 24 * 3600;
const std::int64_t kNow = *parse_timestamp("2026-11-24T12:00:00Z");

CcTld known(const char* label, const std::string& admin) {
  CcTld one = cctld(label, admin);
  one.fetched = kNow - kDay;
  one.dnssec = true;
  Contact& contact = one.contacts.at(Role::admin);
  contact.changed = kNow - 1000 * kDay;
  contact.first_seen = kNow - 900 * kDay;
  return one;
}

ContactsFile sound() {
  return {{known("xa", "a@nic-xa.example"), known("xb", "b@nic-xb.example")}, kNow - kDay, ""};
}

std::string text(const std::vector<Finding>& findings) {
  std::string out;
  for (const Finding& each : findings) {
    out += std::string(to_string(each.severity)) + " " + each.kind + " [";
    for (const Domain& cctld : each.cctlds) out += " " + cctld.ascii();
    out += " ] " + each.what + "\n";
  }
  return out;
}

std::set<Domain> domains(std::initializer_list<const char*> names) {
  std::set<Domain> all;
  for (const char* name : names) all.insert(*Domain::parse(name));
  return all;
}

}  // namespace

TEST_CASE("what is doubtful in contact data is found") {
  struct Row {
    const char* story;
    std::function<void(ContactsFile&, RegistryOverrides&)> change;
    std::string want;
  };
  const auto row = GENERATE_COPY(values<Row>({
      {"nothing", [](ContactsFile&, RegistryOverrides&) {}, ""},
      {"no ccTLDs", [](ContactsFile& f, RegistryOverrides&) { f.cctlds.clear(); },
       "error empty [ ] there are no ccTLDs in the file\n"},
      {"exactly max_age", [](ContactsFile& f, RegistryOverrides&) { f.fetched = kNow - 7 * kDay; },
       "warning aging [ ] the data is of 2026-11-17T12:00:00Z, older than half of `max_age`\n"},
      {"older", [](ContactsFile& f, RegistryOverrides&) { f.fetched = kNow - 7 * kDay - 1; },
       "error stale [ ] the data is of 2026-11-17T11:59:59Z, older than `max_age`: every subscription is "
       "deferred\n"},
      {"older, with an old entry",
       [](ContactsFile& f, RegistryOverrides&) {
         f.fetched = kNow - 8 * kDay;
         f.cctlds[0].fetched = kNow - 9 * kDay;
       },
       "error stale [ ] the data is of 2026-11-16T12:00:00Z, older than `max_age`: every subscription is "
       "deferred\n"},
      {"without a date", [](ContactsFile& f, RegistryOverrides&) { f.fetched = std::nullopt; },
       "note no_date [ ] the file does not say when it was fetched: as a whole it never counts as too old\n"},
      {"one old entry", [](ContactsFile& f, RegistryOverrides&) { f.cctlds[1].fetched = kNow - 8 * kDay; },
       "error stale_entry [ xb ] the data of .xb is older than `max_age` (of 2026-11-16): requests for it "
       "are "
       "deferred\n"},
      {"two of them",
       [](ContactsFile& f, RegistryOverrides&) {
         f.cctlds[0].fetched = kNow - 9 * kDay;
         f.cctlds[1].fetched = kNow - 8 * kDay;
       },
       "error stale_entry [ xa xb ] the data of .xa, .xb is older than `max_age` (the oldest of 2026-11-15): "
       "requests for it are deferred\n"},
      {"entries without a date count as the file",
       [](ContactsFile& f, RegistryOverrides&) { f.cctlds[0].fetched = std::nullopt; }, ""},
      {"an unusable entry",
       [](ContactsFile& f, RegistryOverrides&) {
         f.cctlds[0] = {f.cctlds[0].label, {}, "", std::nullopt, std::nullopt, "two admin contacts", true};
       },
       "error unusable [ xa ] .xa has no usable entry: two admin contacts\n"},
      {"an anomaly", [](ContactsFile& f, RegistryOverrides&) { f.cctlds[0].anomaly = "two admin contacts"; },
       "warning anomaly [ xa ] .xa has an old record (kept since 2026-11-23): two admin contacts\n"},
      {"an anomaly since nobody knows when",
       [](ContactsFile& f, RegistryOverrides&) {
         f.cctlds[0].anomaly = "moved";
         f.cctlds[0].fetched = std::nullopt;
       },
       "warning anomaly [ xa ] .xa has an old record: moved\n"},
      {"a family",
       [](ContactsFile& f, RegistryOverrides&) { f.cctlds[1] = known("xn--p1ai", "A@nic-xa.example"); },
       "note family [ xa xn--p1ai ] .xa, .xn--p1ai (\xd1\x80\xd1\x84) have one admin contact, "
       "a@nic-xa.example\n"},
      {"a young contact",
       [](ContactsFile& f, RegistryOverrides&) {
         Contact& contact = f.cctlds[0].contacts.at(Role::admin);
         contact.first_seen = kNow - 3 * kDay;
         contact.previous = PreviousContact{*Address::parse("old@nic-xa.example"), 1, 2};
       },
       "note young [ xa ] the admin contact of .xa, a@nic-xa.example, is 3 days old, younger than the "
       "cool-down "
       "of 14 days; before it was old@nic-xa.example\n"},
      {"young ones with nobody before",
       [](ContactsFile& f, RegistryOverrides&) {
         f.cctlds[0].contacts.at(Role::admin).changed = kNow + kDay;
         f.cctlds[1].contacts.at(Role::admin).changed = kNow - 14 * kDay + 1;
       },
       "note young [ xa xb ] the admin contact of .xa, .xb is younger than the cool-down of 14 days\n"},
      {"just old enough",
       [](ContactsFile& f, RegistryOverrides&) {
         f.cctlds[0].contacts.at(Role::admin).changed = kNow - 14 * kDay;
       },
       ""},
      {"contacts without a date",
       [](ContactsFile& f, RegistryOverrides&) {
         f.cctlds[0].contacts.at(Role::admin).changed = std::nullopt;
         f.cctlds[1].contacts.emplace(
             Role::tech, Contact{*Address::parse("t@nic-xb.example"), "", std::nullopt, std::nullopt});
       },
       "warning undated [ xa ] the admin contact of .xa lacks a date: it counts as new\n"
       "warning undated [ xb ] the tech contact of .xb lacks a date: it counts as new\n"},
      {"not signed",
       [](ContactsFile& f, RegistryOverrides&) {
         f.cctlds[0].dnssec = std::nullopt;
         f.cctlds[1].dnssec = false;
       },
       "note unsigned [ xb ] not signed with DNSSEC: .xb\n"},
      {"a shared domain, and below one",
       [](ContactsFile& f, RegistryOverrides& o) {
         f.cctlds[0] = known("xa", "xa@freemail.example");
         f.cctlds[1] = known("xb", "xb@mx.freemail.example");
         o.shared_domains = domains({"freemail.example"});
       },
       "warning shared_domain [ xa ] the admin contact of .xa, xa@freemail.example, is at a shared domain: "
       "no "
       "colleague can be told by it\n"
       "warning shared_domain [ xb ] the admin contact of .xb, xb@mx.freemail.example, is at a shared "
       "domain: "
       "no colleague can be told by it\n"},
      {"a public suffix", [](ContactsFile& f, RegistryOverrides&) { f.cctlds[0] = known("xa", "admin@xa"); },
       "warning public_suffix [ xa ] the admin contact of .xa, admin@xa, is directly at a public suffix, "
       "under "
       "which others register names: no colleague can be told by it\n"},
      {"a public suffix that was seen",
       [](ContactsFile& f, RegistryOverrides& o) {
         f.cctlds[0] = known("xa", "admin@xa");
         o.registries[f.cctlds[0].label].never_same_registry = true;
       },
       ""},
      {"a shared domain, and an entry that names the registry's own",
       [](ContactsFile& f, RegistryOverrides& o) {
         f.cctlds[0] = known("xa", "xa@freemail.example");
         f.cctlds[1] = known("xb", "xb@freemail.example");
         o.shared_domains = domains({"freemail.example"});
         o.registries[f.cctlds[0].label].domains = domains({"nic-xa.example"});
         o.registries[f.cctlds[0].label].covers = domains({"xb"});
       },
       ""},
  }));
  INFO(row.story);
  ContactsFile file = sound();
  RegistryOverrides overrides;
  row.change(file, overrides);
  CHECK(text(check_contacts(file, overrides, {kNow, 7 * kDay, 14 * kDay})) == row.want);
}

TEST_CASE("errors come first, then warnings, then notes") {
  ContactsFile file = sound();
  file.fetched = kNow - 30 * kDay;
  file.cctlds[0].dnssec = false;
  file.cctlds[1].anomaly = "moved";
  RegistryOverrides overrides;
  overrides.registries[*parse_cctld("xz")].never_same_registry = true;
  const auto findings = check_contacts(file, overrides, {kNow, 7 * kDay, 14 * kDay});
  std::vector<std::string> kinds;
  for (const Finding& each : findings) kinds.push_back(each.kind);
  CHECK(kinds == std::vector<std::string>{"stale", "anomaly", "unknown_cctld", "unsigned"});
  CHECK(findings[2].in_overrides);
  CHECK_FALSE(findings[1].in_overrides);
}

TEST_CASE("contact data is summed up") {
  ContactsFile file = sound();
  file.cctlds.push_back(known("xc", "a@nic-xa.example"));
  file.cctlds.push_back({*parse_cctld("xd"), {}, "", std::nullopt, std::nullopt, "moved", true});
  file.cctlds[0].fetched = kNow - 5 * kDay;
  file.cctlds[1].dnssec = false;
  const ContactsSummary summary = summarize(file);
  CHECK(summary.cctlds == 4);
  CHECK(summary.oldest == kNow - 5 * kDay);
  CHECK(summary.newest == kNow - kDay);
  CHECK(summary.with_dnssec == 2);
  CHECK(summary.families == 1);
  CHECK(summary.anomalies == 1);
  CHECK_FALSE(summarize({}).oldest);
}
