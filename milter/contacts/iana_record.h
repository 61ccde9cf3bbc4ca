// milter/contacts/iana_record.h: what IANA's registry says of one ccTLD.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "policy/registry.h"

namespace ccgate {

/// One record, read strictly. Contacts have no `first_seen` and no `previous`: those are ours to tell.
struct IanaRecord {
  Contact admin;
  std::optional<Contact> tech;
  std::string organisation;             ///< the ccTLD manager, UTF-8
  std::optional<bool> dnssec;           ///< the delegation is signed
  std::optional<std::int64_t> changed;  ///< of the record as a whole; seconds since 1970
};

/// An answer that was given, and cannot be taken for a record: nothing of it is used.
struct Anomaly {
  std::string why;             ///< one line of ASCII, lower case, no final period
  bool not_delegated = false;  ///< IANA says that there is no such ccTLD
};

using Reading = std::variant<IanaRecord, Anomaly>;

/// The body of an RDAP answer (RFC 9083, jCard of RFC 7095) to the question for `asked`. Entities count by
/// role; exactly one admin address, strictly one addr-spec; duplicate keys, redaction (RFC 9537) or another
/// object than asked for are anomalies. rdap.cc.
[[nodiscard]] Reading read_rdap(const Domain& asked, std::string_view body);

/// The text of a WHOIS answer (RFC 3912) of whois.iana.org to the question for `asked`, LF or CRLF line ends,
/// as strictly. WHOIS has no dates for contacts: theirs is the record's. whois.cc.
[[nodiscard]] Reading read_whois(const Domain& asked, std::string_view text);

}  // namespace ccgate
