#include "milter/tool/contacts_show.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "milter/contacts/contact_words.h"
#include "milter/contacts/families.h"
#include "milter/contacts/overrides_check.h"
#include "milter/system/timestamp.h"
#include "milter/tool/output.h"
#include "milter/tool/show_parts.h"

namespace ccgate {
namespace {

using Json = nlohmann::ordered_json;

template <typename Names>
Json json_labels(const Names& names) {
  Json json = Json::array();
  for (const Domain& each : names) json.push_back(each.ascii());
  return json;
}

std::string domain_names(const std::set<Domain>& domains) {
  std::vector<std::string> names;
  for (const Domain& each : domains) names.push_back(each.ascii());
  return with_commas(names);
}

std::set<Domain> relatives(const ContactsView& view, const Domain& cctld) {
  for (const Family& family : families(view.contacts.cctlds)) {
    if (!family.cctlds.contains(cctld)) continue;
    std::set<Domain> others = family.cctlds;
    others.erase(cctld);
    return others;
  }
  return {};
}

std::vector<HistoryEntry> history_of(const ContactsView& view, const std::string& label) {
  std::vector<HistoryEntry> entries;
  for (const HistoryEntry& entry : view.history)
    if (entry.cctld == label) entries.push_back(entry);
  return entries;
}

Json json_contact(const Contact& contact, std::int64_t now) {
  Json json{{"email", contact.email.text()},         {"name", contact.name},
            {"changed", json_time(contact.changed)}, {"first_seen", json_time(contact.first_seen)},
            {"age_days", json_age(contact, now)},    {"previous", nullptr}};
  if (contact.previous)
    json["previous"] = {{"email", contact.previous->email.text()},
                        {"first_seen", json_time(contact.previous->first_seen)},
                        {"last_seen", json_time(contact.previous->last_seen)}};
  return json;
}

Json json_override(const std::optional<Override>& known) {
  if (!known) return nullptr;
  Json aliases = Json::object();
  for (const auto& [contact, others] : known->registry->aliases)
    aliases[contact.text()] = json_addresses(others);
  return {{"under", known->key.ascii()},
          {"covers", json_labels(known->registry->covers)},
          {"domains", json_labels(known->registry->domains)},
          {"operators", json_labels(known->registry->operators)},
          {"aliases", std::move(aliases)},
          {"same_registry", known->registry->never_same_registry ? Json("never") : Json(nullptr)},
          {"region", known->registry->region ? Json(to_string(*known->registry->region)) : Json(nullptr)}};
}

std::string cctld_json(const ContactsView& view, const CcTld& cctld) {
  Json contacts = Json::object();
  for (const auto& [role, contact] : cctld.contacts)
    contacts[std::string(to_string(role))] = json_contact(contact, view.now);
  return json_line({{"cctld", cctld.label.ascii()},
                    {"unicode", cctld.label.unicode()},
                    {"organisation", cctld.organisation},
                    {"contacts", std::move(contacts)},
                    {"fetched", json_time(cctld.fetched)},
                    {"dnssec", cctld.dnssec ? Json(*cctld.dnssec) : Json(nullptr)},
                    {"usable", !cctld.unusable},
                    {"anomaly", cctld.anomaly},
                    {"override", json_override(override_of(view.overrides, cctld.label))},
                    {"family", json_labels(relatives(view, cctld.label))},
                    {"history", json_history(history_of(view, cctld.label.ascii()))}});
}

void add_contact(Lines& lines, Role role, const Contact& contact, std::int64_t now) {
  const std::string_view label = to_string(role);
  lines.add(label, contact.email.text() + (contact.name.empty() ? "" : " (" + contact.name + ")"));
  std::vector<std::string> dates;
  if (contact.changed) dates.push_back("changed " + day_text(*contact.changed));
  if (contact.first_seen) dates.push_back("first seen " + day_text(*contact.first_seen));
  if (const auto since = contact_since(contact)) dates.push_back(days_text(now - *since) + " old");
  if (!contact_since(contact)) dates.emplace_back("lacks a date: it counts as new");
  lines.add(label, with_commas(dates));
  if (contact.previous)
    lines.add(label, "before: " + contact.previous->email.text() + ", " +
                         period(contact.previous->first_seen, contact.previous->last_seen));
}

void add_override(Lines& lines, const Override& known) {
  const RegistryOverride& registry = *known.registry;
  lines.add("override",
            fmt::format("under `{}` in registries.yaml{}", known.key.ascii(),
                        registry.covers.empty() ? "" : ", covers " + cctld_names(registry.covers)));
  if (!registry.domains.empty()) lines.add("domains", domain_names(registry.domains));
  if (!registry.operators.empty()) lines.add("operators", domain_names(registry.operators));
  for (const auto& [contact, aliases] : registry.aliases)
    lines.add("aliases", contact.text() + ": " + with_commas(aliases));
  if (registry.never_same_registry) lines.add("same_registry", "never");
  if (registry.region) lines.add("region", to_string(*registry.region));
}

std::string cctld_text(const ContactsView& view, const CcTld& cctld) {
  Lines lines;
  lines.head(cctld_name(cctld.label));
  if (!cctld.organisation.empty()) lines.add("organisation", cctld.organisation);
  for (const auto& [role, contact] : cctld.contacts) add_contact(lines, role, contact, view.now);
  if (cctld.fetched)
    lines.add("fetched",
              format_timestamp(*cctld.fetched) + ", " + days_text(view.now - *cctld.fetched) + " ago");
  lines.add("dnssec", !cctld.dnssec ? "not known" : *cctld.dnssec ? "signed" : "not signed");
  if (cctld.unusable) lines.add("unusable", "requests for it are deferred");
  if (!cctld.anomaly.empty()) lines.add("anomaly", cctld.anomaly);
  if (const auto known = override_of(view.overrides, cctld.label)) add_override(lines, *known);
  if (const auto others = relatives(view, cctld.label); !others.empty())
    lines.add("family", cctld_names(others));
  for (const HistoryEntry& entry : history_of(view, cctld.label.ascii()))
    lines.add("history", std::string(to_string(entry.role)) + " " + entry.email + ", " +
                             period(entry.first_seen, entry.last_seen));
  return lines.take();
}

}  // namespace

std::string show_cctld(const ContactsView& view, const CcTld& cctld, bool json) {
  return json ? cctld_json(view, cctld) : cctld_text(view, cctld);
}

}  // namespace ccgate
