// milter/iana/rdap.h: an RDAP answer -> what it says of a ccTLD.
#pragma once

#include <string_view>

#include "milter/iana/iana_record.h"

namespace ccgate {

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
/// exactly once and readably; names are one line. Nothing but addresses decides anything.
[[nodiscard]] Reading read_rdap(const Domain& asked, std::string_view body);

}  // namespace ccgate
