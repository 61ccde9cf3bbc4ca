// milter/iana/whois.h: a WHOIS answer -> what it says of a ccTLD.
#pragma once

#include <string_view>

#include "milter/iana/iana_record.h"

namespace ccgate {

/// The text of a WHOIS answer (RFC 3912) of whois.iana.org to the question for `asked`, LF or CRLF line ends.
/// Complete (it says how many objects it found, and ends with its source), one object, of the domain asked
/// for (by `domain-ace` where there is one, as the U-labels there are for people), one administrative contact
/// with one e-mail address: else an anomaly. The technical contact and all else as read_rdap has it. WHOIS
/// has no dates for contacts: theirs is the record's. Without DS data the delegation is not signed.
[[nodiscard]] Reading read_whois(const Domain& asked, std::string_view text);

}  // namespace ccgate
