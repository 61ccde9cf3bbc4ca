#include "milter/tool/contacts_address.h"

#include <nlohmann/json.hpp>

#include "milter/contacts/contact_words.h"
#include "milter/tool/output.h"
#include "milter/tool/show_parts.h"

namespace ccgate {
namespace {

using Json = nlohmann::ordered_json;

Json json_roles(const std::map<Domain, std::set<Role>>& held) {
  Json json = Json::object();
  for (const auto& [label, roles] : held) {
    json[label.ascii()] = Json::array();
    for (const Role role : roles) json[label.ascii()].push_back(to_string(role));
  }
  return json;
}

std::string held_text(const Domain& cctld, const std::set<Role>& roles) {
  std::vector<std::string> words;
  for (const Role role : roles) words.emplace_back(to_string(role));
  return cctld_name(cctld) + ": " + with_commas(words);
}

std::map<Domain, std::set<Role>> contact_of(const ContactsView& view, const Address& address) {
  std::map<Domain, std::set<Role>> held;
  for (const CcTld& cctld : view.contacts.cctlds)
    for (const auto& [role, contact] : cctld.contacts)
      if (contact.email == address) held[cctld.label].insert(role);
  return held;
}

}  // namespace

std::optional<AddressRecord> find_address(const ContactsView& view, const Address& address) {
  AddressRecord record{address, contact_of(view, address), {}, {}, {}, {}};
  for (const CcTld& cctld : view.contacts.cctlds)
    for (const auto& [role, contact] : cctld.contacts)
      if (contact.previous && contact.previous->email == address)
        record.previous_of[cctld.label].insert(role);
  for (const auto& [key, registry] : view.overrides.registries) {
    for (const auto& [contact, aliases] : registry.aliases) {
      if (contact == address) record.aliases.insert(aliases.begin(), aliases.end());
      if (aliases.contains(address)) record.alias_of.insert(contact);
    }
  }
  for (const std::set<Address>& same : view.alias_sets) {
    if (!same.contains(address)) continue;
    for (const Address& other : same) {
      record.aliases.insert(other);
      record.alias_of.insert(other);
    }
  }
  // An aliases(5) line says it in both directions: what is no contact is not worth telling.
  std::erase_if(record.alias_of,
                [&](const Address& each) { return each == address || contact_of(view, each).empty(); });
  record.aliases.erase(address);
  if (record.contact_of.empty() && record.previous_of.empty()) record.aliases.clear();
  for (const HistoryEntry& entry : view.history)
    if (Address::parse(entry.email) == address) record.history.push_back(entry);
  if (record.contact_of.empty() && record.previous_of.empty() && record.alias_of.empty() &&
      record.history.empty())
    return std::nullopt;
  return record;
}

std::string show_address(const ContactsView& view, const AddressRecord& record, bool json) {
  if (json) {
    Json alias_of = Json::object();
    for (const Address& each : record.alias_of) alias_of[each.text()] = json_roles(contact_of(view, each));
    return json_line({{"address", record.address.text()},
                      {"contact_of", json_roles(record.contact_of)},
                      {"previous_of", json_roles(record.previous_of)},
                      {"alias_of", std::move(alias_of)},
                      {"aliases", json_addresses(record.aliases)},
                      {"history", json_history(record.history)}});
  }
  Lines lines;
  lines.head(record.address.text());
  for (const auto& [label, roles] : record.contact_of) lines.add("contact of", held_text(label, roles));
  for (const auto& [label, roles] : record.previous_of) lines.add("previous of", held_text(label, roles));
  for (const Address& each : record.alias_of)
    for (const auto& [label, roles] : contact_of(view, each))
      lines.add("alias of", each.text() + ", " + held_text(label, roles));
  if (!record.aliases.empty()) lines.add("aliases", with_commas(record.aliases));
  for (const HistoryEntry& entry : record.history)
    lines.add("history", "." + entry.cctld + " " + std::string(to_string(entry.role)) + ", " +
                             period(entry.first_seen, entry.last_seen));
  return lines.take();
}

}  // namespace ccgate
