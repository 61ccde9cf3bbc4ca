// policy/rules/quorum.h: how many of whom have to say yes to a request that is asked about.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string_view>

#include "policy/registry/registry.h"
#include "policy/text/enum_words.h"

namespace ccgate {

/// Who can be asked: the contacts of the ccTLD, and those who are on the list for it already. In the order in
/// which they stand for it.
enum class Voucher { admin_contact, tech_contact, security_contact, authorizing_contact, members };
template <>
struct EnumWords<Voucher> {
  using enum Voucher;
  static constexpr auto table = word_table<Voucher>({
      {admin_contact, "admin_contact"},
      {tech_contact, "tech_contact"},
      {security_contact, "security_contact"},
      {authorizing_contact, "authorizing_contact"},
      {members, "members"},
  });
};
/// nullopt: no contact.
[[nodiscard]] std::optional<Role> role_of(Voucher voucher) noexcept;
/// One of them, for people: `technical contact`, `member`.
[[nodiscard]] std::string_view title_of(Voucher voucher) noexcept;

/// The most that a policy can need, and the most members of one ccTLD that are asked.
inline constexpr std::size_t kMostVouchers = 10;

/// `need` and `of` of an `ask`.
struct Quorum {
  std::size_t need = 1;  ///< 1 to kMostVouchers
  std::set<Voucher> of;  ///< not empty; without `members`, at least `need` of them
  friend bool operator==(const Quorum&, const Quorum&) = default;
};

}  // namespace ccgate
