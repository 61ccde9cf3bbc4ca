// milter/iana/iana_record.h: what IANA's registry says of one ccTLD.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "policy/registry/registry.h"

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

}  // namespace ccgate
