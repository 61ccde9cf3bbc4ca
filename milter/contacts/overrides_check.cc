#include "milter/contacts/overrides_check.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "milter/contacts/contact_words.h"
#include "policy/names/public_suffix.h"

namespace ccgate {
namespace {

using Known = std::map<Domain, const CcTld*>;

class OverrideCheck {
 public:
  OverrideCheck(const Known& known, const RegistryOverrides& overrides, std::vector<Finding>& findings)
      : known_(known), overrides_(overrides), findings_(findings) {}

  void run(const Domain& key, const RegistryOverride& registry) {
    key_ = &key;
    registry_ = &registry;
    present_.clear();
    cctlds_ = registry.covers;
    cctlds_.insert(key);
    if (!missing()) return;
    usable_ =
        std::none_of(present_.begin(), present_.end(), [](const CcTld* each) { return each->unusable; });
    empty();
    if (usable_) own_domains();
    for (const auto& [contact, aliases] : registry.aliases) alias(contact, aliases);
  }

 private:
  void add(Severity severity, const char* kind, std::set<Domain> cctlds, std::string what, std::string help) {
    findings_.push_back({severity, kind, std::move(cctlds), std::move(what), std::move(help), true});
  }
  std::string of_key(const char* word) const { return fmt::format("`{}` of `{}` ", word, key_->ascii()); }

  /// False when the contact data has none of the entry's ccTLDs: nothing else can be said of it then.
  bool missing() {
    std::set<Domain> missing;
    for (const Domain& cctld : cctlds_) {
      const auto found = known_.find(cctld);
      if (found == known_.end())
        missing.insert(cctld);
      else
        present_.push_back(found->second);
    }
    if (!missing.empty())
      add(Severity::warning, "unknown_cctld", missing,
          fmt::format("`{}` speaks of {}, which the contact data does not have", key_->ascii(),
                      cctld_names(missing)),
          "correct the label, or remove it");
    return !present_.empty();
  }

  [[nodiscard]] bool declares_domains() const {
    return !registry_->domains.empty() || !registry_->operators.empty();
  }

  /// `covers` says which ccTLDs the rest of the entry is about; aliases count for whoever has the contact.
  void empty() {
    if (declares_domains() || registry_->never_same_registry || registry_->region) return;
    if (registry_->covers.empty()) {
      if (registry_->aliases.empty())
        add(Severity::note, "needless", {*key_}, fmt::format("`{}` says nothing", key_->ascii()),
            "remove the entry");
      return;
    }
    add(Severity::note, "needless", cctlds_,
        fmt::format("{}changes nothing by itself{}", of_key("covers"),
                    is_family() ? ": the ccTLDs have one admin contact already" : ""),
        "remove it, or name `domains` or `operators` that hold for all of them");
  }

  [[nodiscard]] bool is_family() const {
    const Address* first = nullptr;
    for (const CcTld* each : present_) {
      const auto admin = each->contacts.find(Role::admin);
      if (admin == each->contacts.end()) return false;
      if (first == nullptr) first = &admin->second.email;
      if (admin->second.email != *first) return false;
    }
    return present_.size() == cctlds_.size();
  }

  [[nodiscard]] bool is_excluded(const Domain& domain) const {
    return is_public_suffix(domain) ||
           std::any_of(overrides_.shared_domains.begin(), overrides_.shared_domains.end(),
                       [&](const Domain& shared) { return domain.is_within(shared); });
  }

  /// The same answers as without the lists: one domain is declared, and it is that of every contact. A
  /// contact of another role at another domain, or a previous one, would count without the lists: then they
  /// are needed.
  void own_domains() {
    if (!declares_domains()) return;
    std::set<Domain> declared = registry_->domains;
    declared.insert(registry_->operators.begin(), registry_->operators.end());
    if (declared.size() != 1 || is_excluded(*declared.begin())) return;
    const auto same = [&](const Address& address) { return address.domain() == *declared.begin(); };
    for (const CcTld* each : present_) {
      const auto admin = each->contacts.find(Role::admin);
      if (admin == each->contacts.end() || !same(admin->second.email)) return;
      for (const auto& [role, contact] : each->contacts) {
        if (!same(contact.email) && !is_excluded(contact.email.domain())) return;
        if (contact.previous && !same(contact.previous->email)) return;
      }
    }
    const char* word = registry_->domains.empty()     ? "operators"
                       : registry_->operators.empty() ? "domains"
                                                      : "domains` and `operators";
    add(Severity::note, "needless", cctlds_,
        fmt::format("{}only repeats the domain of the contacts", of_key(word)),
        "remove it, unless it is to hold when the contacts change");
  }

  [[nodiscard]] static bool has_contact(const CcTld& cctld, const Address& address) {
    return std::any_of(cctld.contacts.begin(), cctld.contacts.end(), [&](const auto& each) {
      const Contact& contact = each.second;
      return contact.email == address || (contact.previous && contact.previous->email == address);
    });
  }

  void alias(const Address& contact, const std::set<Address>& aliases) {
    const std::string names = fmt::format("{}names {}", of_key("aliases"), contact.text());
    if (aliases.contains(contact))
      add(Severity::note, "needless", cctlds_, names + " as an alias of itself", "remove it");
    // What an unusable entry would say nobody knows.
    if (!usable_ || std::any_of(present_.begin(), present_.end(),
                                [&](const CcTld* each) { return has_contact(*each, contact); }))
      return;
    std::set<Domain> elsewhere;
    for (const auto& [label, cctld] : known_)
      if (!cctld->unusable && has_contact(*cctld, contact)) elsewhere.insert(label);
    if (elsewhere.empty())
      add(Severity::note, "needless", cctlds_, names + ", which is no contact",
          "remove it, or name the present contact");
    else
      add(Severity::warning, "foreign_alias", elsewhere,
          fmt::format("{}, a contact of {} instead: the aliases count there", names, cctld_names(elsewhere)),
          "move it there, or remove it");
  }

  const Known& known_;
  const RegistryOverrides& overrides_;
  std::vector<Finding>& findings_;
  const Domain* key_ = nullptr;
  const RegistryOverride* registry_ = nullptr;
  std::set<Domain> cctlds_;
  std::vector<const CcTld*> present_;
  bool usable_ = false;
};

}  // namespace

std::vector<Finding> check_overrides(const std::vector<CcTld>& cctlds, const RegistryOverrides& overrides) {
  Known known;
  for (const CcTld& cctld : cctlds) known.emplace(cctld.label, &cctld);
  std::vector<Finding> findings;
  OverrideCheck check(known, overrides, findings);
  for (const auto& [key, registry] : overrides.registries) check.run(key, registry);
  return findings;
}

std::optional<Override> override_of(const RegistryOverrides& overrides, const Domain& cctld) {
  for (const auto& [key, registry] : overrides.registries)
    if (key == cctld || registry.covers.contains(cctld)) return Override{key, &registry};
  return std::nullopt;
}

}  // namespace ccgate
