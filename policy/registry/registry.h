// policy/registry/registry.h: ccTLD -> registry -> contacts, their aliases, the registry's mail domains.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "policy/names/address.h"
#include "policy/registry/position_index.h"
#include "policy/registry/region.h"
#include "policy/text/enum_words.h"

namespace ccgate {

/// The contact roles of a ccTLD (IANA Root Zone Database; the last two are planned there).
enum class Role { admin, tech, security, authorizing };
template <>
struct EnumWords<Role> {
  using enum Role;
  static constexpr auto table = word_table<Role>({
      {admin, "admin"},
      {tech, "tech"},
      {security, "security"},
      {authorizing, "authorizing"},
  });
};

/// Who was the contact before. The last one that had been it for longer than the cool-down: whoever can
/// change the record twice cannot make a contact of his own the previous one.
struct PreviousContact {
  Address email;
  std::optional<std::int64_t> first_seen;  ///< seconds since 1970
  std::optional<std::int64_t> last_seen;
};

struct Contact {
  Address email;
  std::string name;                        ///< UTF-8, may be empty
  std::optional<std::int64_t> changed;     ///< by IANA's date; seconds since 1970
  std::optional<std::int64_t> first_seen;  ///< since when we see this address without a break
  std::optional<PreviousContact> previous = std::nullopt;
};

/// Since when it is the contact: the later of its two dates. Neither is enough: IANA's need not move with
/// every change, ours cannot be before we first looked. nullopt where one is missing.
[[nodiscard]] std::optional<std::int64_t> contact_since(const Contact& contact) noexcept;
/// Seconds since then, at `now`; 0 where it is not known or in the future: what is not told is new.
[[nodiscard]] std::int64_t contact_age(const Contact& contact, std::int64_t now) noexcept;
/// True while it is younger than `cool_down` seconds at `now`.
[[nodiscard]] bool is_young(const Contact& contact, std::int64_t now, std::int64_t cool_down) noexcept;
/// Who is told what a young contact is told, beside it: whoever has taken the record over would be telling
/// himself alone. nullptr where `contact` is no longer young, or nobody was it before.
[[nodiscard]] const PreviousContact* previous_of_young(const Contact& contact, std::int64_t now,
                                                       std::int64_t cool_down) noexcept;

/// One ccTLD of contacts.json.
struct CcTld {
  Domain label;
  std::map<Role, Contact> contacts;
  std::string organisation;
  std::optional<std::int64_t> fetched;
  std::optional<bool> dnssec;
  std::string
      anomaly;  ///< why the record is doubtful (an old one kept, or a bad entry): empty when it is sound
  bool unusable = false;  ///< the entry was bad: requests for it are answered as with stale contacts
};

/// What the operator knows better (registries.yaml), for one ccTLD and those it covers.
struct RegistryOverride {
  std::set<Domain> covers;                       ///< empty: only the ccTLD itself
  std::set<Domain> domains;                      ///< mail domains of the registry
  std::set<Domain> operators;                    ///< mail domains that act for it
  std::map<Address, std::set<Address>> aliases;  ///< contact address -> addresses that reach the same people
  bool never_same_registry = false;              ///< same_registry: never
  std::optional<Region> region = {};             ///< where they count, in place of ICANN's
};

struct RegistryOverrides {
  std::map<Domain, RegistryOverride> registries;  ///< by ccTLD
  std::set<Domain> shared_domains;                ///< free mail and the like: never "the same registry"
};

/// Everything known about the ccTLDs. Built once, then const and shared between threads. A million of them
/// are no trouble: finding one, or those of an address, is one look into a hash table.
class Directory {
 public:
  Directory() = default;
  /// `aliases`: sets of addresses that reach the same people (aliases(5) files), beside those of `overrides`.
  /// An alias counts as what it is declared for and no further: that `a` is `b` and `b` is `c` does not make
  /// `a` count as `c`, lest two teams that share a person become one.
  Directory(std::vector<CcTld> cctlds, RegistryOverrides overrides, std::vector<std::set<Address>> aliases,
            std::optional<std::int64_t> fetched = std::nullopt);

  [[nodiscard]] const CcTld* find(const Domain& cctld) const;
  [[nodiscard]] std::size_t size() const noexcept { return cctlds_.size(); }
  /// One for each label, sorted by label.
  [[nodiscard]] const std::vector<CcTld>& all() const noexcept { return cctlds_; }
  /// When the contact data as a whole was fetched; nullopt when the file does not say.
  [[nodiscard]] std::optional<std::int64_t> fetched() const noexcept { return fetched_; }
  /// True when the data of `cctld` is older than `max_age` seconds at `now`. Its own date counts: a record
  /// that could not be renewed gets old in a file that was, and one that was fetched alone is fresh in an old
  /// file. Without one, and for nullptr, it is the file's. Data without any date, or of a later one, is not
  /// stale.
  [[nodiscard]] bool is_stale(const CcTld* cctld, std::int64_t now, std::int64_t max_age) const noexcept;

  /// True when `address` is `contact`, or was declared to reach the same people.
  [[nodiscard]] bool counts_as(const Address& address, const Address& contact) const;
  /// The addresses whose copy or authorship counts for `cctld`: contacts of `roles` and their declared
  /// aliases.
  [[nodiscard]] bool is_contact(const CcTld& cctld, const std::set<Role>& roles,
                                const Address& address) const;
  /// The ccTLDs that `address` (or an address it is a declared alias of) is a contact of, for `roles`.
  [[nodiscard]] std::set<Domain> cctlds_of(const std::set<Role>& roles, const Address& address) const;
  /// The author domain is declared for the registry, or, where none is, exactly the domain of a contact of
  /// `roles`, neither shared nor a public suffix.
  [[nodiscard]] bool same_registry(const CcTld& cctld, const std::set<Role>& roles,
                                   const Domain& author_domain) const;
  /// The weaker fact: equal organizational domains, same exclusions.
  [[nodiscard]] bool same_organisation(const CcTld& cctld, const std::set<Role>& roles,
                                       const Domain& author_domain) const;
  /// Where the operator says that `cctld` counts; nullopt: where the list of ccTLDs does.
  [[nodiscard]] std::optional<Region> region(const Domain& cctld) const;
  [[nodiscard]] bool is_shared_domain(const Domain& domain) const;
  /// A shared domain or a public suffix: an address there says nothing about an organisation.
  [[nodiscard]] bool is_nobodys_own(const Domain& domain) const;

 private:
  [[nodiscard]] const RegistryOverride* override_of(const Domain& cctld) const;
  void declare_alias(const Address& alias, const Address& contact);
  /// `cctlds_[cctld]` has a contact in `role`; `next` has the same address.
  struct Held {
    std::uint32_t cctld;
    Role role;
    std::uint32_t next;
  };
  void index_labels();
  void index_contacts();
  void hold(std::uint32_t cctld, Role role, const Address& email);
  [[nodiscard]] const Address& held_address(const Held& held) const;

  std::vector<CcTld> cctlds_;  // sorted by label
  PositionIndex by_label_;     // in cctlds_
  std::vector<Held> held_;
  PositionIndex by_contact_;  // in held_, of the first one with each address
  std::unordered_map<Address, std::vector<Address>> counts_as_;  // -> contacts
  RegistryOverrides overrides_;
  std::unordered_map<Domain, Domain> override_key_;  // ccTLD -> key of the override that covers it
  std::optional<std::int64_t> fetched_;
};

}  // namespace ccgate
