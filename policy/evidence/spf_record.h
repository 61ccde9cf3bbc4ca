// policy/evidence/spf_record.h: SPF record syntax (RFC 7208 4.6.1 and 12), checked before any library sees
// it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ccgate {

enum class SpfMechanism { all, include, a, mx, ptr, ip4, ip6, exists, redirect };

/// A mechanism, or redirect=.
struct SpfTerm {
  SpfMechanism mechanism = SpfMechanism::all;
  char qualifier = '+';                    ///< of redirect: `+`
  std::string domain = {};                 ///< domain-spec as written; empty: the record's own domain
  int length4 = 32;                        ///< prefix lengths of a, mx, ip4 and ip6
  int length6 = 128;                       ///< likewise
  std::array<std::uint8_t, 16> network{};  ///< of ip6; of ip4 the first four octets
  friend bool operator==(const SpfTerm&, const SpfTerm&) = default;
};

/// A record that obeys the ABNF: what is evaluated of it, in that order. Nothing stands behind `all`, and
/// redirect= only at the end of a record without one (RFC 7208 5.1, 6.1); other modifiers decide nothing.
struct SpfRecord {
  std::vector<SpfTerm> terms;
};
struct SpfRecordFault {
  std::string why;         ///< ASCII
  bool own_limit = false;  ///< nothing is wrong with the record: it is longer than what is read here.
                           ///< Otherwise it is a permerror (RFC 7208 4.6)
};

/// How much of a record is read, in octets.
inline constexpr std::size_t kSpfRecordOctets = 4096;

/// True when a TXT string is an SPF record at all (RFC 7208 4.5: `v=spf1`, then a blank or the end).
[[nodiscard]] bool is_spf_record(std::string_view txt) noexcept;
/// Checks the whole record against the ABNF of RFC 7208 section 12, what is not evaluated too.
[[nodiscard]] std::variant<SpfRecord, SpfRecordFault> parse_spf_record(std::string_view txt);
/// The record of these terms: parse_spf_record reads the same ones from it.
[[nodiscard]] std::string to_text(const SpfRecord& record);

}  // namespace ccgate
