#include "policy/registry/registry.h"

#include <algorithm>
#include <functional>
#include <limits>

#include "policy/names/public_suffix.h"

namespace ccgate {
namespace {

constexpr std::uint32_t kNoMore = std::numeric_limits<std::uint32_t>::max();

bool by_label(const CcTld& a, const CcTld& b) noexcept {
  return a.label < b.label;
}

}  // namespace

std::optional<std::int64_t> contact_since(const Contact& contact) noexcept {
  if (!contact.changed || !contact.first_seen) return std::nullopt;
  return std::max(*contact.changed, *contact.first_seen);
}

std::int64_t contact_age(const Contact& contact, std::int64_t now) noexcept {
  const auto since = contact_since(contact);
  return since ? std::max<std::int64_t>(0, now - *since) : 0;
}

bool is_young(const Contact& contact, std::int64_t now, std::int64_t cool_down) noexcept {
  return contact_age(contact, now) < cool_down;
}

const PreviousContact* previous_of_young(const Contact& contact, std::int64_t now,
                                         std::int64_t cool_down) noexcept {
  return contact.previous && is_young(contact, now, cool_down) ? &*contact.previous : nullptr;
}

Directory::Directory(std::vector<CcTld> cctlds, RegistryOverrides overrides,
                     std::vector<std::set<Address>> aliases, std::optional<std::int64_t> fetched)
    : cctlds_(std::move(cctlds)), overrides_(std::move(overrides)), fetched_(fetched) {
  index_labels();
  index_contacts();
  for (const auto& [key, registry] : overrides_.registries) {
    for (const auto& [contact, others] : registry.aliases)
      for (const Address& other : others) declare_alias(other, contact);
    override_key_.emplace(key, key);
    for (const Domain& covered : registry.covers) override_key_.emplace(covered, key);
  }
  for (const std::set<Address>& same : aliases)
    for (const Address& one : same)
      for (const Address& other : same) declare_alias(one, other);
}

void Directory::index_labels() {
  if (!std::is_sorted(cctlds_.begin(), cctlds_.end(), by_label))
    std::stable_sort(cctlds_.begin(), cctlds_.end(), by_label);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < cctlds_.size(); ++i) {
    if (kept > 0 && cctlds_[kept - 1].label == cctlds_[i].label) {
      cctlds_[kept - 1].unusable = true;  // two records of one ccTLD: neither can be believed
      continue;
    }
    if (kept != i) cctlds_[kept] = std::move(cctlds_[i]);
    ++kept;
  }
  cctlds_.erase(cctlds_.begin() + static_cast<std::ptrdiff_t>(kept), cctlds_.end());
  by_label_.reserve(cctlds_.size());
  for (std::size_t i = 0; i < cctlds_.size(); ++i)
    by_label_.add(std::hash<Domain>()(cctlds_[i].label), static_cast<std::uint32_t>(i));
}

void Directory::index_contacts() {
  std::size_t contacts = 0;
  for (const CcTld& cctld : cctlds_) contacts += cctld.unusable ? 0 : cctld.contacts.size();
  held_.reserve(contacts);
  for (std::size_t i = 0; i < cctlds_.size(); ++i) {
    if (cctlds_[i].unusable) continue;
    for (const auto& [role, contact] : cctlds_[i].contacts)
      hold(static_cast<std::uint32_t>(i), role, contact.email);
  }
}

void Directory::hold(std::uint32_t cctld, Role role, const Address& email) {
  const auto added = static_cast<std::uint32_t>(held_.size());
  const std::size_t hash = std::hash<Address>()(email);
  const auto first =
      by_contact_.find(hash, [&](std::uint32_t held) { return held_address(held_[held]) == email; });
  if (!first) {
    by_contact_.add(hash, added);
    held_.push_back({cctld, role, kNoMore});
    return;
  }
  held_.push_back({cctld, role, held_[*first].next});
  held_[*first].next = added;
}

const Address& Directory::held_address(const Held& held) const {
  return cctlds_[held.cctld].contacts.find(held.role)->second.email;
}

void Directory::declare_alias(const Address& alias, const Address& contact) {
  if (alias == contact) return;
  std::vector<Address>& contacts = counts_as_[alias];
  if (std::find(contacts.begin(), contacts.end(), contact) == contacts.end()) contacts.push_back(contact);
}

const CcTld* Directory::find(const Domain& cctld) const {
  const auto found = by_label_.find(std::hash<Domain>()(cctld),
                                    [&](std::uint32_t position) { return cctlds_[position].label == cctld; });
  return found ? &cctlds_[*found] : nullptr;
}

bool Directory::is_stale(const CcTld* cctld, std::int64_t now, std::int64_t max_age) const noexcept {
  // A file of the operator's own hand may have no date: it is as fresh as the operator keeps it.
  const auto fetched = cctld != nullptr && cctld->fetched ? cctld->fetched : fetched_;
  return fetched && now - *fetched > max_age;
}

bool Directory::counts_as(const Address& address, const Address& contact) const {
  if (address == contact) return true;
  if (counts_as_.empty()) return false;
  const auto known = counts_as_.find(address);
  return known != counts_as_.end() &&
         std::find(known->second.begin(), known->second.end(), contact) != known->second.end();
}

bool Directory::is_contact(const CcTld& cctld, const std::set<Role>& roles, const Address& address) const {
  if (cctld.unusable) return false;
  return std::any_of(cctld.contacts.begin(), cctld.contacts.end(), [&](const auto& contact) {
    return roles.contains(contact.first) && counts_as(address, contact.second.email);
  });
}

std::set<Domain> Directory::cctlds_of(const std::set<Role>& roles, const Address& address) const {
  std::set<Domain> cctlds;
  const auto gather = [&](const Address& contact) {
    const auto first = by_contact_.find(std::hash<Address>()(contact), [&](std::uint32_t held) {
      return held_address(held_[held]) == contact;
    });
    for (std::uint32_t at = first.value_or(kNoMore); at != kNoMore; at = held_[at].next)
      if (roles.contains(held_[at].role)) cctlds.insert(cctlds_[held_[at].cctld].label);
  };
  gather(address);
  if (counts_as_.empty()) return cctlds;
  if (const auto known = counts_as_.find(address); known != counts_as_.end())
    for (const Address& contact : known->second) gather(contact);
  return cctlds;
}

const RegistryOverride* Directory::override_of(const Domain& cctld) const {
  const auto found = override_key_.find(cctld);
  return found == override_key_.end() ? nullptr : &overrides_.registries.at(found->second);
}

std::optional<Region> Directory::region(const Domain& cctld) const {
  const RegistryOverride* known = override_of(cctld);
  return known == nullptr ? std::nullopt : known->region;
}

bool Directory::is_nobodys_own(const Domain& domain) const {
  return is_shared_domain(domain) || is_public_suffix(domain);
}

bool Directory::same_registry(const CcTld& cctld, const std::set<Role>& roles,
                              const Domain& author_domain) const {
  if (cctld.unusable) return false;
  if (const RegistryOverride* known = override_of(cctld.label)) {
    if (known->never_same_registry) return false;
    if (!known->domains.empty() || !known->operators.empty())
      return known->domains.contains(author_domain) || known->operators.contains(author_domain);
  }
  const bool of_contact = std::any_of(cctld.contacts.begin(), cctld.contacts.end(), [&](const auto& contact) {
    return roles.contains(contact.first) && contact.second.email.domain() == author_domain;
  });
  return of_contact && !is_nobodys_own(author_domain);
}

bool Directory::same_organisation(const CcTld& cctld, const std::set<Role>& roles,
                                  const Domain& author_domain) const {
  if (same_registry(cctld, roles, author_domain)) return true;
  const RegistryOverride* known = override_of(cctld.label);
  if (cctld.unusable || (known != nullptr && known->never_same_registry)) return false;
  if (is_nobodys_own(author_domain)) return false;
  const auto organizational = organizational_domain(author_domain);
  if (!organizational || is_shared_domain(*organizational)) return false;
  const auto is_its = [&](const Domain& domain) {
    return !is_nobodys_own(domain) && organizational_domain(domain) == organizational;
  };
  if (known != nullptr && (!known->domains.empty() || !known->operators.empty()))
    return std::any_of(known->domains.begin(), known->domains.end(), is_its) ||
           std::any_of(known->operators.begin(), known->operators.end(), is_its);
  return std::any_of(cctld.contacts.begin(), cctld.contacts.end(), [&](const auto& contact) {
    return roles.contains(contact.first) && is_its(contact.second.email.domain());
  });
}

bool Directory::is_shared_domain(const Domain& domain) const {
  return std::any_of(overrides_.shared_domains.begin(), overrides_.shared_domains.end(),
                     [&](const Domain& shared) { return domain.is_within(shared); });
}

}  // namespace ccgate
