// milter/evidence/spf.h: client address and MAIL FROM -> SPF evidence (RFC 7208), within the budgets of
// section 4.6.4.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "milter/evidence/dns.h"
#include "policy/evidence/evidence.h"
#include "policy/names/address.h"

namespace ccgate {

/// The SMTP client's address; IPv4-mapped IPv6 is unmapped (RFC 7208 5).
class ClientAddress {
 public:
  /// Dotted quad or IPv6 text as inet_pton reads it; nullopt for anything else.
  [[nodiscard]] static std::optional<ClientAddress> parse(std::string_view text);
  [[nodiscard]] static ClientAddress v4(const std::array<std::uint8_t, 4>& octets);
  [[nodiscard]] static ClientAddress v6(const std::array<std::uint8_t, 16>& octets);
  [[nodiscard]] bool is_v4() const noexcept { return v4_; }
  [[nodiscard]] bool is_loopback() const noexcept;
  /// 0.0.0.0 or ::, which no client has.
  [[nodiscard]] bool is_unspecified() const noexcept;
  [[nodiscard]] const std::array<std::uint8_t, 16>& octets() const noexcept {
    return octets_;
  }  ///< v4: the first four
  [[nodiscard]] std::string text() const;

 private:
  bool v4_ = true;
  std::array<std::uint8_t, 16> octets_{};
};

/// Puts the first question of the check in flight; waits for nothing.
void prefetch_spf(const Address& mail_from, DnsBatch& dns);

/// Checks `mail_from`. Waits for DNS, at most to the batch's deadline. Thread-safe.
///
/// `none` for loopback clients (libspf2 would pass any domain for them), and for a pass by records that
/// together let everybody pass, those behind the match included. `permerror` for a record that breaks RFC
/// 7208's syntax anywhere in the evaluation, and beyond 10 lookup terms or 2 void ones (section 4.6.4: a name
/// without an address of the client's family is void). `policy` for a record over 4 KiB, which is not read: a
/// limit of ours. `temperror` when a question that decides had no answer. Explanations (exp=) are never
/// looked at. `helo` serves the macro `h` only, as it was said.
[[nodiscard]] SpfEvidence check_spf(const ClientAddress& client, std::string_view helo,
                                    const Address& mail_from, DnsBatch& dns);

}  // namespace ccgate
