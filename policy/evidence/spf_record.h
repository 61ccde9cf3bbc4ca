// policy/evidence/spf_record.h: SPF record syntax (RFC 7208 4.6.1 and 12), checked before any library sees
// it.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ccgate {

/// A record that obeys the ABNF, and what the caller needs of it.
struct SpfRecord {
  std::string text;  ///< the record with any `exp=` modifier removed: what a library may see
  bool passes_everybody =
      false;  ///< `all`, or ip4/ip6 networks that together cover half or more of all addresses, with pass
  std::vector<std::string> lookups_txt;  ///< domains of include: and redirect= without macros
  std::vector<std::string>
      lookups_addr;  ///< domains of a and a: without macros (the record's own domain as "")
  std::vector<std::string> lookups_mx;  ///< domains of mx and mx: likewise
};
struct SpfRecordFault {
  std::string why;  ///< ASCII; the record is a permerror (RFC 7208 4.6)
};

/// True when a TXT string is an SPF record at all (RFC 7208 4.5: `v=spf1`, then a blank or the end).
[[nodiscard]] bool is_spf_record(std::string_view txt) noexcept;
/// Checks one record against the ABNF of RFC 7208 section 12, at most 2 kB, ASCII only.
[[nodiscard]] std::variant<SpfRecord, SpfRecordFault> parse_spf_record(std::string_view txt);

}  // namespace ccgate
