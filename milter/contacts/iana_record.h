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

/// No record and no anomaly: there was no answer, or one that says nothing about the ccTLD.
struct Unanswered {
  std::string why;
  bool asked = false;  ///< the question reached somebody
};

using IanaAnswer = std::variant<IanaRecord, Anomaly, Unanswered>;

/// The body of an RDAP answer (RFC 9083, jCard of RFC 7095) to the question for `asked`, an A-label; U-labels
/// that the answer names are not looked at. Entities of the domain count by role, wherever they stand.
///
/// An anomaly is whatever leaves a doubt about the administrative contact: text that is not JSON or has
/// duplicate keys, an RDAP error (404: not delegated), another object or domain than asked for, an entity
/// whose roles cannot be read, no or several administrative ones, not exactly one e-mail address of type text
/// that is one strict addr-spec, redaction (RFC 9537) of it or that is not understood, a note that something
/// is left out.
///
/// The technical contact is absent when the same can be said of it. That is the safe side where a policy
/// counts on it too: an address that is absent entitles nobody, while an anomaly would keep the old record
/// in force with whoever was in it. Names, organisation, dates and DNSSEC are absent (or empty) when not told
/// exactly once and readably; names are one line. Nothing but addresses decides anything. rdap.cc.
[[nodiscard]] Reading read_rdap(const Domain& asked, std::string_view body);

/// The text of a WHOIS answer (RFC 3912) of whois.iana.org to the question for `asked`, LF or CRLF line ends.
/// Complete (it says how many objects it found, and ends with its source), one object, of the domain asked
/// for (by `domain-ace` where there is one, as the U-labels there are for people), one administrative contact
/// with one e-mail address: else an anomaly. The technical contact and all else as above. WHOIS has no dates
/// for contacts: theirs is the record's. Without DS data the delegation is not signed. whois.cc.
[[nodiscard]] Reading read_whois(const Domain& asked, std::string_view text);

}  // namespace ccgate
