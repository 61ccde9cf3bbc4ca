#include "milter/contacts/contacts_check.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "milter/contacts/contact_words.h"
#include "milter/contacts/families.h"
#include "milter/contacts/overrides_check.h"
#include "milter/system/timestamp.h"
#include "policy/names/public_suffix.h"

namespace ccgate {
namespace {

constexpr auto kFetch = "run `ccgate contacts fetch`, or renew the file by hand, and `fetched` in it";

class Check {
 public:
  Check(const ContactsFile& contacts, const RegistryOverrides& overrides, const CheckTerms& terms)
      : contacts_(contacts), overrides_(overrides), terms_(terms) {}

  std::vector<Finding> run() {
    if (contacts_.cctlds.empty()) error("empty", {}, "there are no ccTLDs in the file", kFetch);
    age();
    entries();
    domains();
    dates();
    for (const Family& family : families(contacts_.cctlds))
      note("family", family.cctlds,
           fmt::format("{} have one admin contact, {}", cctld_names(family.cctlds), family.admin.text()), "");
    dnssec();
    for (Finding& finding : check_overrides(contacts_.cctlds, overrides_))
      findings_.push_back(std::move(finding));
    std::stable_sort(findings_.begin(), findings_.end(),
                     [](const Finding& a, const Finding& b) { return a.severity < b.severity; });
    return std::move(findings_);
  }

 private:
  void add(Severity severity, const char* kind, std::set<Domain> cctlds, std::string what, std::string help) {
    findings_.push_back({severity, kind, std::move(cctlds), std::move(what), std::move(help), false});
  }
  void error(const char* kind, std::set<Domain> cctlds, std::string what, std::string help) {
    add(Severity::error, kind, std::move(cctlds), std::move(what), std::move(help));
  }
  void warning(const char* kind, std::set<Domain> cctlds, std::string what, std::string help) {
    add(Severity::warning, kind, std::move(cctlds), std::move(what), std::move(help));
  }
  void note(const char* kind, std::set<Domain> cctlds, std::string what, std::string help) {
    add(Severity::note, kind, std::move(cctlds), std::move(what), std::move(help));
  }

  void age() {
    if (!contacts_.fetched) {
      note("no_date", {}, "the file does not say when it was fetched: as a whole it never counts as too old",
           "add `fetched`");
      stale_entries();
      return;
    }
    const std::int64_t age = terms_.now - *contacts_.fetched;
    const std::string from =
        fmt::format("the data is of {}, older than ", format_timestamp(*contacts_.fetched));
    if (age > terms_.max_age) {
      error("stale", {}, fmt::format("{}`max_age`: every subscription is deferred", from), kFetch);
      return;  // the entries are no worse off than all
    }
    if (age > terms_.max_age / 2)
      warning("aging", {}, fmt::format("{}half of `max_age`", from),
              "see whether `ccgate contacts fetch` still runs: systemctl status ccgate-contacts.timer");
    stale_entries();
  }

  void stale_entries() {
    std::set<Domain> stale;
    std::int64_t oldest = terms_.now;
    for (const CcTld& cctld : contacts_.cctlds) {
      if (cctld.unusable || !cctld.fetched || terms_.now - *cctld.fetched <= terms_.max_age) continue;
      stale.insert(cctld.label);
      oldest = std::min(oldest, *cctld.fetched);
    }
    if (stale.empty()) return;
    const std::string since = stale.size() == 1 ? "of " : "the oldest of ";
    error("stale_entry", stale,
          fmt::format("the data of {} is older than `max_age` ({}{}): requests for it are deferred",
                      cctld_names(stale), since, day_text(oldest)),
          "see why it is not renewed: `ccgate contacts fetch --only` with these ccTLDs");
  }

  void entries() {
    for (const CcTld& cctld : contacts_.cctlds) {
      if (cctld.unusable) {
        error("unusable", {cctld.label},
              fmt::format("{} has no usable entry{}{}", cctld_name(cctld.label),
                          cctld.anomaly.empty() ? "" : ": ", cctld.anomaly),
              "requests for it are deferred until it is fetched or mended");
      } else if (!cctld.anomaly.empty()) {
        const std::string since =
            cctld.fetched ? fmt::format(" (kept since {})", day_text(*cctld.fetched)) : "";
        warning("anomaly", {cctld.label},
                fmt::format("{} has an old record{}: {}", cctld_name(cctld.label), since, cctld.anomaly),
                "look at IANA's record; if it is right, fetch again, else ask the registry");
      }
    }
  }

  /// Contacts at domains where strangers have addresses too, unless registries.yaml has an answer already.
  void domains() {
    std::map<Address, std::set<Domain>> by_admin;
    for (const CcTld& cctld : contacts_.cctlds) {
      const auto admin = cctld.contacts.find(Role::admin);
      if (cctld.unusable || admin == cctld.contacts.end()) continue;
      const auto known = override_of(overrides_, cctld.label);
      if (known && (known->registry->never_same_registry || !known->registry->domains.empty() ||
                    !known->registry->operators.empty()))
        continue;
      by_admin[admin->second.email].insert(cctld.label);
    }
    const auto help =
        "say `same_registry: never` for it in registries.yaml, or name the registry's `domains`";
    for (const auto& [admin, cctlds] : by_admin) {
      const Domain& domain = admin.domain();
      const std::string who =
          fmt::format("the admin contact of {}, {}, is ", cctld_names(cctlds), admin.text());
      const bool shared =
          std::any_of(overrides_.shared_domains.begin(), overrides_.shared_domains.end(),
                      [&, at = &domain](const Domain& known) { return at->is_within(known); });
      if (shared)
        warning("shared_domain", cctlds, who + "at a shared domain: no colleague can be told by it", help);
      else if (is_public_suffix(domain))
        warning("public_suffix", cctlds,
                who +
                    "directly at a public suffix, under which others register names: no colleague can be "
                    "told by it",
                help);
    }
  }

  void dates() {
    std::map<Role, std::set<Domain>> undated, first;
    for (const CcTld& cctld : contacts_.cctlds) {
      if (cctld.unusable) continue;
      for (const auto& [role, contact] : cctld.contacts) {
        const auto since = contact_since(contact);
        if (!since)
          undated[role].insert(cctld.label);
        else if (!is_young(contact, terms_.now, terms_.cool_down))
          continue;
        else if (contact.previous)
          young(cctld.label, role, contact, terms_.now - *since);
        else
          first[role].insert(cctld.label);
      }
    }
    const std::string days = days_text(terms_.cool_down);
    for (const auto& [role, cctlds] : first)
      note("young", cctlds,
           fmt::format("the {} contact of {} is younger than the cool-down of {}", to_string(role),
                       cctld_names(cctlds), days),
           "if it was the contact before ccgate looked: `ccgate contacts fetch --adopt`");
    for (const auto& [role, cctlds] : undated)
      warning("undated", cctlds,
              fmt::format("the {} contact of {} lacks a date: it counts as new", to_string(role),
                          cctld_names(cctlds)),
              "add `changed` and `first_seen`, or fetch the data");
  }

  void young(const Domain& cctld, Role role, const Contact& contact, std::int64_t age) {
    note(
        "young", {cctld},
        fmt::format("the {} contact of {}, {}, is {} old, younger than the cool-down of {}; before it was {}",
                    to_string(role), cctld_name(cctld), contact.email.text(), days_text(age),
                    days_text(terms_.cool_down), contact.previous->email.text()),
        "if nobody announced the change, ask at the previous address");
  }

  void dnssec() {
    std::set<Domain> without;
    for (const CcTld& cctld : contacts_.cctlds)
      if (cctld.dnssec == false) without.insert(cctld.label);
    if (without.empty()) return;
    note("unsigned", without, "not signed with DNSSEC: " + cctld_names(without), "");
  }

  const ContactsFile& contacts_;
  const RegistryOverrides& overrides_;
  const CheckTerms& terms_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> check_contacts(const ContactsFile& contacts, const RegistryOverrides& overrides,
                                    const CheckTerms& terms) {
  return Check(contacts, overrides, terms).run();
}

ContactsSummary summarize(const ContactsFile& contacts) {
  ContactsSummary summary;
  summary.cctlds = contacts.cctlds.size();
  summary.families = families(contacts.cctlds).size();
  for (const CcTld& cctld : contacts.cctlds) {
    if (cctld.dnssec == true) ++summary.with_dnssec;
    if (cctld.unusable || !cctld.anomaly.empty()) ++summary.anomalies;
    const auto fetched = cctld.fetched ? cctld.fetched : contacts.fetched;
    if (!fetched) continue;
    summary.oldest = std::min(summary.oldest.value_or(*fetched), *fetched);
    summary.newest = std::max(summary.newest.value_or(*fetched), *fetched);
  }
  return summary;
}

}  // namespace ccgate
