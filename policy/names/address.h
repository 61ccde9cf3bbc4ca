// policy/names/address.h: addresses and address lists, read so strictly that no two
// programs can read them in two ways (RFC 5322 3.4 without its obsolete forms, RFC 6532).
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "policy/names/domain.h"

namespace ccgate {

/// An addr-spec: dot-atom (ASCII or UTF-8) `@` domain. Compared with the local
/// part folded in ASCII letter case and the domain as A-labels; no folding of dots
/// or `+detail`.
class Address {
 public:
  /// One strict addr-spec and nothing else: no angle brackets, quotes, comments, blanks, route,
  /// domain literal, control characters or invalid UTF-8; local part 1 to 64 octets.
  [[nodiscard]] static std::optional<Address> parse(std::string_view addr_spec);

  /// As written, for the envelope and for people.
  [[nodiscard]] const std::string& local() const noexcept { return local_; }
  [[nodiscard]] const Domain& domain() const noexcept { return domain_; }
  /// `local@domain`, local part as written, domain as A-labels.
  [[nodiscard]] std::string text() const { return local_ + "@" + domain_.ascii(); }
  /// The local part with ASCII letters in lower case: what comparison uses.
  [[nodiscard]] const std::string& folded_local() const noexcept { return folded_; }
  /// `local@domain` with that local part: the same text for equal addresses, another for others.
  [[nodiscard]] std::string key() const { return folded_ + "@" + domain_.ascii(); }

  friend bool operator==(const Address& a, const Address& b) noexcept {
    return a.folded_ == b.folded_ && a.domain_ == b.domain_;
  }
  friend std::strong_ordering operator<=>(const Address& a, const Address& b) noexcept {
    if (const auto by_domain = a.domain_ <=> b.domain_; by_domain != 0) return by_domain;
    return a.folded_.compare(b.folded_) <=> 0;
  }

 private:
  Address(std::string local, Domain domain);
  std::string local_;
  std::string folded_;
  Domain domain_;
};

/// Why a list of addresses cannot be judged.
struct AddressFault {
  std::size_t offset = 0;  ///< octets into the field body
  std::string why;         ///< ASCII, for the author; quotes nothing of the message
  bool too_many = false;   ///< more than `max_addresses`: a limit, not a syntax error
};

/// The mailboxes of a From, Sender, Reply-To, To or Cc field body, in order, as received (folds as LF or CRLF
/// followed by blank). Display names (atoms, encoded-words, dots, quoted strings, UTF-8) are checked and
/// dropped: nothing is ever decided by them. Refused: groups, comments, routes, obsolete forms, encoded-words
/// inside an address, quoted local parts, quoted strings with a fold or with a backslash at the end, a tab
/// behind a bare address, empty list elements, an `@` or angle bracket in an unquoted display name, controls,
/// invalid UTF-8, an empty field: some program or other reads all of them otherwise. Linear time.
using MailboxList = std::variant<std::vector<Address>, AddressFault>;
[[nodiscard]] MailboxList parse_mailbox_list(std::string_view field_body, std::size_t max_addresses);

/// The domain of a path whose local part need not be plain (over 64 octets, quoted): `<text@b>` or `text@b`,
/// where `text` has no `@`. nullopt where the domain is no Domain, and for what can be read in two ways.
[[nodiscard]] std::optional<Domain> domain_of_path(std::string_view path);

/// RFC5321 Reverse-path or Forward-path as an MTA gives it: `<a@b>` or `a@b`. nullopt for `<>`,
/// source routes, quoted local parts and anything else that is not one strict address.
[[nodiscard]] std::optional<Address> parse_path(std::string_view path);

}  // namespace ccgate

template <>
struct std::hash<ccgate::Address> {
  std::size_t operator()(const ccgate::Address& address) const noexcept {
    constexpr std::size_t kOdd = 0x9e3779b97f4a7c15U;
    return hash<string>()(address.folded_local()) * kOdd + hash<ccgate::Domain>()(address.domain());
  }
};
