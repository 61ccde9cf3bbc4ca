#include "policy/registry.h"

#include <algorithm>
#include <array>

namespace ccgate {
namespace {

constexpr std::array<std::pair<Role, std::string_view>, 4> kRoles{{{Role::admin, "admin"},
                                                                   {Role::tech, "tech"},
                                                                   {Role::security, "security"},
                                                                   {Role::authorizing, "authorizing"}}};

std::string folded(const Address& address) {
  return address.folded_local() + "@" + address.domain().ascii();
}

}  // namespace

std::string_view to_string(Role role) noexcept {
  for (const auto& [known, word] : kRoles)
    if (known == role) return word;
  return "admin";
}

std::optional<Role> parse_role(std::string_view word) noexcept {
  for (const auto& [role, known] : kRoles)
    if (known == word) return role;
  return std::nullopt;
}

Directory::Directory(std::vector<CcTld> cctlds, RegistryOverrides overrides,
                     std::vector<std::set<Address>> aliases, std::optional<std::int64_t> fetched)
    : overrides_(std::move(overrides)), fetched_(fetched) {
  for (CcTld& cctld : cctlds) {
    std::string label = cctld.label.ascii();
    const auto [known, added] = cctlds_.try_emplace(std::move(label), std::move(cctld));
    if (!added) known->second.unusable = true;  // two records of one ccTLD: neither can be believed
  }
  for (const auto& [label, cctld] : cctlds_) {
    if (cctld.unusable) continue;
    for (const auto& [role, contact] : cctld.contacts)
      by_contact_[folded(contact.email)].emplace_back(role, cctld.label);
  }
  for (const auto& [key, registry] : overrides_.registries) {
    for (const auto& [contact, others] : registry.aliases)
      for (const Address& other : others) declare_alias(other, contact);
    override_key_.emplace(key.ascii(), key);
    for (const Domain& covered : registry.covers) override_key_.emplace(covered.ascii(), key);
  }
  for (const std::set<Address>& same : aliases)
    for (const Address& one : same)
      for (const Address& other : same) declare_alias(one, other);
}

void Directory::declare_alias(const Address& alias, const Address& contact) {
  if (alias == contact) return;
  std::vector<std::string>& contacts = counts_as_[folded(alias)];
  std::string name = folded(contact);
  if (std::find(contacts.begin(), contacts.end(), name) == contacts.end())
    contacts.push_back(std::move(name));
}

const CcTld* Directory::find(const Domain& label) const {
  const auto found = cctlds_.find(label.ascii());
  return found == cctlds_.end() ? nullptr : &found->second;
}

bool Directory::is_contact(const CcTld& tld, const std::set<Role>& roles, const Address& address) const {
  if (tld.unusable) return false;
  const auto held_by = [&](const auto& is_it) {
    return std::any_of(tld.contacts.begin(), tld.contacts.end(), [&](const auto& contact) {
      return roles.contains(contact.first) && is_it(contact.second.email);
    });
  };
  if (held_by([&](const Address& email) { return email == address; })) return true;
  if (counts_as_.empty()) return false;
  const auto known = counts_as_.find(folded(address));
  if (known == counts_as_.end()) return false;
  return held_by([&](const Address& email) {
    return std::find(known->second.begin(), known->second.end(), folded(email)) != known->second.end();
  });
}

std::set<Domain> Directory::tlds_of(const std::set<Role>& roles, const Address& address) const {
  std::set<Domain> tlds;
  const auto gather = [&](const std::string& contact) {
    const auto found = by_contact_.find(contact);
    if (found == by_contact_.end()) return;
    for (const auto& [role, tld] : found->second)
      if (roles.contains(role)) tlds.insert(tld);
  };
  const std::string name = folded(address);
  gather(name);
  if (const auto known = counts_as_.find(name); known != counts_as_.end())
    for (const std::string& contact : known->second) gather(contact);
  return tlds;
}

const RegistryOverride* Directory::override_of(const Domain& label) const {
  const auto found = override_key_.find(label.ascii());
  return found == override_key_.end() ? nullptr : &overrides_.registries.at(found->second);
}

bool Directory::is_excluded(const Domain& domain) const {
  return is_shared_domain(domain) || is_public_suffix(domain);
}

bool Directory::same_registry(const CcTld& tld, const std::set<Role>& roles,
                              const Domain& author_domain) const {
  if (tld.unusable) return false;
  if (const RegistryOverride* known = override_of(tld.label)) {
    if (known->never_same_registry) return false;
    if (!known->domains.empty() || !known->operators.empty())
      return known->domains.contains(author_domain) || known->operators.contains(author_domain);
  }
  const bool of_contact = std::any_of(tld.contacts.begin(), tld.contacts.end(), [&](const auto& contact) {
    return roles.contains(contact.first) && contact.second.email.domain() == author_domain;
  });
  return of_contact && !is_excluded(author_domain);
}

bool Directory::same_organisation(const CcTld& tld, const std::set<Role>& roles,
                                  const Domain& author_domain) const {
  if (same_registry(tld, roles, author_domain)) return true;
  const RegistryOverride* known = override_of(tld.label);
  if (tld.unusable || (known != nullptr && known->never_same_registry)) return false;
  if (is_excluded(author_domain)) return false;
  const auto organisation = organizational_domain(author_domain);
  if (!organisation || is_shared_domain(*organisation)) return false;
  const auto is_its = [&](const Domain& domain) {
    return !is_excluded(domain) && organizational_domain(domain) == organisation;
  };
  if (known != nullptr && (!known->domains.empty() || !known->operators.empty()))
    return std::any_of(known->domains.begin(), known->domains.end(), is_its) ||
           std::any_of(known->operators.begin(), known->operators.end(), is_its);
  return std::any_of(tld.contacts.begin(), tld.contacts.end(), [&](const auto& contact) {
    return roles.contains(contact.first) && is_its(contact.second.email.domain());
  });
}

bool Directory::is_shared_domain(const Domain& domain) const {
  return std::any_of(overrides_.shared_domains.begin(), overrides_.shared_domains.end(),
                     [&](const Domain& shared) { return domain.is_within(shared); });
}

}  // namespace ccgate
