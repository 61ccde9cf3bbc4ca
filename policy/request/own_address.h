// policy/request/own_address.h: the addresses of a list at which ccgate itself reads mail: answers of a
// contact, and notices that came back.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "policy/names/list_addresses.h"
#include "policy/text/enum_words.h"

namespace ccgate {

enum class OwnAddressKind {
  vouch,   ///< `list-vouch+TOKEN@`: a reply confirms, or says no
  reject,  ///< `list-reject+TOKEN@`: mail there says no to the same question, by a token of its own
  object,  ///< `list-object+TOKEN@`: mail there objects to an acceptance
  notice,  ///< `list-notice+TOKEN@`: envelope address of one notice, where it comes back (RFC 3464)
};
template <>
struct EnumWords<OwnAddressKind> {
  using enum OwnAddressKind;
  static constexpr auto table = word_table<OwnAddressKind>({
      {vouch, "vouch"},
      {reject, "reject"},
      {object, "object"},
      {notice, "notice"},
  });
};

struct OwnAddress {
  OwnAddressKind kind = OwnAddressKind::notice;
  std::string token;  ///< lower case; empty where the address has none, or no such one
};

/// 128 bits in the alphabet of RFC 4648 6, lower case, without padding.
inline constexpr std::size_t kTokenLength = 26;
[[nodiscard]] bool is_token(std::string_view text) noexcept;

/// What `recipient` is to `list`; nullopt: no such address. Letters of either case are the same, since MTAs
/// fold them. The delimiter is the list's.
[[nodiscard]] std::optional<OwnAddress> own_address(const ListAddresses& list, const Address& recipient);

/// The address of `kind` for `token`. nullopt when it would be longer than RFC 5321 4.5.3.1.1 lets it be.
[[nodiscard]] std::optional<Address> make_own_address(const ListAddresses& list, OwnAddressKind kind,
                                                      std::string_view token);

}  // namespace ccgate
