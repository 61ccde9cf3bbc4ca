#include "tests/protocol/scenario_files.h"

#include "milter/system/timestamp.h"

#include <nlohmann/json.hpp>

namespace ccgate {
namespace {

using Json = nlohmann::ordered_json;

void put_time(Json& json, const char* key, const std::optional<std::int64_t>& time) {
  if (time) json[key] = format_timestamp(*time);
}

Json contact_json(const Contact& contact) {
  Json json{{"email", contact.email.text()}};
  if (!contact.name.empty()) json["name"] = contact.name;
  put_time(json, "changed", contact.changed);
  put_time(json, "first_seen", contact.first_seen);
  if (contact.previous) {
    Json previous{{"email", contact.previous->email.text()}};
    put_time(previous, "first_seen", contact.previous->first_seen);
    put_time(previous, "last_seen", contact.previous->last_seen);
    json["previous"] = std::move(previous);
  }
  return json;
}

Json cctld_json(const CcTld& cctld) {
  if (cctld.unusable) return {{"anomaly", cctld.anomaly}};
  Json json;
  for (const auto& [role, contact] : cctld.contacts)
    json[std::string(to_string(role))] = contact_json(contact);
  put_time(json, "fetched", cctld.fetched);
  if (cctld.dnssec) json["dnssec"] = *cctld.dnssec;
  if (!cctld.anomaly.empty()) json["anomaly"] = cctld.anomaly;
  return json;
}

Json names(const std::set<Domain>& domains) {
  Json json = Json::array();
  for (const Domain& domain : domains) json.push_back(domain.ascii());
  return json;
}

}  // namespace

std::string contacts_json(const Scenario& scenario) {
  Json json{{"ccgate_contacts", 1}, {"source", "a scenario"}};
  put_time(json, "fetched", scenario.rules->directory->fetched());
  json["cctlds"] = Json::object();
  for (const CcTld& cctld : scenario.cctlds) json["cctlds"][cctld.label.ascii()] = cctld_json(cctld);
  return json.dump(1);
}

std::string registries_yaml(const RegistryOverrides& overrides) {
  // YAML takes JSON as it is.
  Json json{{"shared_domains", names(overrides.shared_domains)}};
  for (const auto& [label, registry] : overrides.registries) {
    Json one = Json::object();
    if (!registry.covers.empty()) one["covers"] = names(registry.covers);
    if (!registry.domains.empty()) one["domains"] = names(registry.domains);
    if (!registry.operators.empty()) one["operators"] = names(registry.operators);
    if (registry.never_same_registry) one["same_registry"] = "never";
    for (const auto& [contact, aliases] : registry.aliases)
      for (const Address& alias : aliases) one["aliases"][contact.text()].push_back(alias.text());
    json[label.ascii()] = std::move(one);
  }
  return json.dump();
}

}  // namespace ccgate
