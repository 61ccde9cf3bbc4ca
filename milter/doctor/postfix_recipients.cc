#include "milter/doctor/postfix_recipients.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "policy/request/command_address.h"
#include "policy/request/own_address.h"

namespace ccgate {
namespace {

// A detail that no table has.
constexpr std::string_view kDetail = "aaaaaaaaaaaaaaaaaaaaaaaaaa";

constexpr std::array kRecipientTables{
    "virtual_alias_maps",   "virtual_alias_domains", "virtual_mailbox_domains",
    "virtual_mailbox_maps", "mydestination",         "local_recipient_maps",
    "alias_maps",           "relay_domains",         "relay_recipient_maps",
    "transport_maps"};

bool is_table(const std::string& element) {
  return element.find(':') != std::string::npos && !element.starts_with("/") && !element.starts_with("[");
}

/// Asked for whole addresses alone: a pattern would match parts that are none.
bool is_pattern_table(std::string_view table) {
  while (table.starts_with("proxy:")) table.remove_prefix(6);
  const std::string_view type = table.substr(0, table.find(':'));
  return type == "regexp" || type == "pcre";
}

/// It is this account that may not, not Postfix.
bool is_forbidden(const std::string& why) {
  return geteuid() != 0 && why.find("Permission denied") != std::string::npos;
}

struct RecipientKeys {
  std::string whole, plain;            // list-vouch+x@d, list-vouch@d
  std::string local_whole, local, at;  // list-vouch+x, list-vouch, @d
  std::string domain;
};
RecipientKeys keys_of(const NeededRecipient& needed) {
  const std::string local = needed.address.folded_local(), domain = needed.address.domain().ascii();
  const std::string detailed =
      needed.kind == NeededRecipient::Kind::own ? local + needed.delimiter + std::string(kDetail) : local;
  return {detailed + "@" + domain, local + "@" + domain, detailed, local, "@" + domain, domain};
}

/// `.example`, `.lists.example` of mail.lists.example.
std::vector<std::string> parents_of(const std::string& domain) {
  std::vector<std::string> all;
  for (std::size_t dot = domain.find('.'); dot != std::string::npos; dot = domain.find('.', dot + 1))
    all.push_back(domain.substr(dot));
  return all;
}

class RecipientLook {
 public:
  RecipientLook(const PostfixSetup& setup, const std::map<std::string, PostfixTable>& tables)
      : setup_(setup), tables_(tables) {}

  LookResult look(const std::vector<NeededRecipient>& needed) {
    for (const auto& [name, table] : tables_) {
      if (is_forbidden(table.why))
        result_.untold.push_back(
            fmt::format("this account may not look into `{}`: {}; ask as root", name, table.why));
      else if (!table.why.empty())
        result_.found.push_back(found(SiteFinding::map_unreadable, {name, table.why}));
      if (table.older) result_.found.push_back(found(SiteFinding::map_older, {name}));
    }
    for (const NeededRecipient& each : needed) look_at(each);
    if (needed.empty()) result_.seen.emplace_back("no list needs any");
    return std::move(result_);
  }

 private:
  void look_at(const NeededRecipient& needed) {
    const RecipientKeys keys = keys_of(needed);
    const bool own = needed.kind == NeededRecipient::Kind::own;
    const std::string why = refused(keys);
    const std::string address = needed.address.text();
    if (!why.empty() && class_of(keys.domain) == Class::foreign && domains_in_files()) {
      result_.untold.push_back(fmt::format(
          "whether `{}` is taken: Postfix has its domains in files that were not looked into", address));
      return;
    }
    if (!why.empty()) {
      result_.found.push_back(
          own ? found(SiteFinding::own_address_unknown,
                      {address, why,
                       fmt::format("add `{} devnull@localhost` to a table of `virtual_alias_maps`, and make "
                                   "that anew with postmap",
                                   address)})
              : found(SiteFinding::command_address_unknown, {address, needed.list, why}));
      return;
    }
    const std::string route = route_of(keys);
    if (!own && leads_elsewhere(needed.manager, route)) {
      result_.found.push_back(found(SiteFinding::command_address_elsewhere,
                                    {address, needed.list, route, std::string(to_string(needed.manager))}));
      return;
    }
    result_.seen.push_back(own ? fmt::format("`{}` is taken", address)
                               : fmt::format("`{}` goes to `{}`", address, route));
  }

  /// The value of the first key that one of the parameter's tables has.
  [[nodiscard]] std::optional<std::string> value(const char* parameter, const std::vector<std::string>& keys,
                                                 const std::string& whole) const {
    for (const std::string& name : postfix_list(setup_.of_main(parameter))) {
      const auto table = tables_.find(name);
      if (table == tables_.end()) continue;
      for (const std::string& key : keys) {
        if (is_pattern_table(name) && key != whole) continue;
        const auto at = table->second.values.find(key);
        if (at != table->second.values.end()) return at->second;
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] bool names_domain(const char* parameter, const std::string& domain, bool parents) const {
    for (std::string each : postfix_list(setup_.of_main(parameter))) {
      for (char& c : each)
        if (c >= 'A' && c <= 'Z' && !is_table(each)) c = static_cast<char>(c - 'A' + 'a');
      if (each == domain || (parents && domain.ends_with("." + each))) return true;
    }
    return value(parameter, {domain}, domain).has_value();
  }

  enum class Class { local, virtual_alias, virtual_mailbox, relay, foreign };
  [[nodiscard]] Class class_of(const std::string& domain) const {
    if (names_domain("mydestination", domain, false)) return Class::local;
    if (names_domain("virtual_alias_domains", domain, false)) return Class::virtual_alias;
    if (names_domain("virtual_mailbox_domains", domain, false)) return Class::virtual_mailbox;
    if (names_domain("relay_domains", domain, true)) return Class::relay;
    return Class::foreign;
  }

  /// A list of domains may name files, and exceptions.
  [[nodiscard]] bool domains_in_files() const {
    for (const char* parameter :
         {"mydestination", "virtual_alias_domains", "virtual_mailbox_domains", "relay_domains"})
      for (const std::string& each : postfix_list(setup_.of_main(parameter)))
        if (each.starts_with("/") || each.starts_with("!")) return true;
    return false;
  }

  [[nodiscard]] std::optional<std::string> alias(const RecipientKeys& keys) const {
    std::vector<std::string> wanted{keys.whole, keys.plain};
    if (class_of(keys.domain) == Class::local) wanted.insert(wanted.end(), {keys.local_whole, keys.local});
    wanted.push_back(keys.at);
    return value("virtual_alias_maps", wanted, keys.whole);
  }

  /// Why the SMTP server would not take it (reject_unlisted_recipient, reject_unauth_destination); else
  /// empty.
  [[nodiscard]] std::string refused(const RecipientKeys& keys) const {
    const std::vector<std::string> all{keys.whole, keys.plain, keys.local_whole, keys.local, keys.at};
    const auto listed_in = [&](const char* parameter) {
      return setup_.of_main(parameter).empty() || value(parameter, all, keys.whole) ||
             value(parameter, {keys.local}, keys.local);
    };
    const bool aliased = alias(keys).has_value();
    const char* lacking = nullptr;
    switch (class_of(keys.domain)) {
      case Class::foreign:
        return fmt::format("`{}` is no domain that Postfix takes mail for", keys.domain);
      case Class::virtual_alias:
        lacking = "virtual_alias_maps";
        break;
      case Class::local:
        if (listed_in("local_recipient_maps")) return "";
        lacking = "local_recipient_maps";
        break;
      case Class::virtual_mailbox:
        if (listed_in("virtual_mailbox_maps")) return "";
        lacking = "virtual_mailbox_maps";
        break;
      case Class::relay:
        if (listed_in("relay_recipient_maps")) return "";
        lacking = "relay_recipient_maps";
        break;
    }
    return aliased ? "" : fmt::format("it is in none of `{}`, and no virtual alias", lacking);
  }

  /// In words of Postfix's configuration: transport and next hop, an alias's value, or the address that it is
  /// an alias of.
  [[nodiscard]] std::string route_of(const RecipientKeys& keys) const {
    if (const auto target = alias(keys); target && *target != keys.plain) return *target;
    std::vector<std::string> wanted{keys.whole, keys.plain, keys.domain};
    for (const std::string& parent : parents_of(keys.domain)) wanted.push_back(parent);
    if (const auto transport = value("transport_maps", wanted, keys.whole)) return *transport;
    switch (class_of(keys.domain)) {
      case Class::local:
        if (const auto named = value("alias_maps", {keys.local_whole, keys.local}, keys.local)) return *named;
        return setup_.of_main("local_transport");
      case Class::virtual_mailbox:
        return setup_.of_main("virtual_transport");
      case Class::relay:
        return setup_.of_main("relay_transport");
      case Class::virtual_alias:
      case Class::foreign:
        break;
    }
    return "";
  }

  /// Only where mail ends on this machine it is known that this is not the manager: what goes on by SMTP, or
  /// to another address, may reach it there.
  [[nodiscard]] static bool leads_elsewhere(Manager manager, const std::string& route) {
    const std::string_view wanted = manager == Manager::mailman3   ? "lmtp:"
                                    : manager == Manager::mailman2 ? "mailman"
                                    : manager == Manager::sympa    ? "sympa"
                                    : manager == Manager::mlmmj    ? "mlmmj"
                                                                   : "";
    if (wanted.empty() || route.find(wanted) != std::string::npos) return false;
    const bool ends_here = route.starts_with("/") || route.starts_with("\"|") || route.starts_with("|") ||
                           route == "local" || route == "virtual" || route.starts_with("local:") ||
                           route.starts_with("error:") || route.starts_with("discard:") ||
                           route.starts_with("devnull");
    return ends_here;
  }

  const PostfixSetup& setup_;
  const std::map<std::string, PostfixTable>& tables_;
  LookResult result_{Look::addresses};
};

}  // namespace

std::vector<NeededRecipient> needed_recipients(const GateSite& site) {
  std::vector<NeededRecipient> all;
  for (const GateSite::ListNeeds& list : site.lists) {
    if (site.has_store)
      for (const auto& row : EnumWords<OwnAddressKind>::table) {
        const std::string local = list.addresses.address.local() + "-" + std::string(row.word);
        if (const auto own = Address::parse(local + "@" + list.addresses.address.domain().ascii()))
          all.push_back({NeededRecipient::Kind::own, list.name, list.addresses.manager, *own,
                         list.addresses.delimiter});
      }
    for (const Address& each : gated_addresses(list.addresses))
      all.push_back({NeededRecipient::Kind::command, list.name, list.addresses.manager, each,
                     list.addresses.delimiter});
  }
  return all;
}

std::string recipient_as_used(const NeededRecipient& needed) {
  return keys_of(needed).whole;
}

std::set<std::string> recipient_tables(const PostfixSetup& setup) {
  std::set<std::string> all;
  for (const char* parameter : kRecipientTables)
    for (std::string& each : postfix_list(setup.of_main(parameter)))
      if (is_table(each)) all.insert(std::move(each));
  return all;
}

std::set<std::string> recipient_keys(const std::vector<NeededRecipient>& needed) {
  std::set<std::string> all;
  for (const NeededRecipient& each : needed) {
    const RecipientKeys keys = keys_of(each);
    all.insert({keys.whole, keys.plain, keys.local_whole, keys.local, keys.at, keys.domain});
    for (const std::string& parent : parents_of(keys.domain)) all.insert(parent);
  }
  return all;
}

LookResult look_at_recipients(const PostfixSetup& setup, const std::map<std::string, PostfixTable>& tables,
                              const std::vector<NeededRecipient>& needed) {
  return RecipientLook(setup, tables).look(needed);
}

}  // namespace ccgate
