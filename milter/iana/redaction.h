// milter/iana/redaction.h: what an RDAP answer says it leaves out.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "policy/yaml/yaml.h"

namespace ccgate {

struct Redactions {
  std::string fault;  ///< why something of the administrative contact may be missing; empty: nothing is
  std::set<std::string> roles;  ///< `registrant`, `technical` or `billing`: whose data are redacted
  [[nodiscard]] bool touches(std::string_view role) const { return roles.contains(std::string(role)); }
};

/// The `redacted` member (RFC 9537) of an answer. A redaction counts as harmless to the administrative
/// contact only when its name says another role, and each of its paths names that role and no
/// `administrative` one; whatever else there is cannot be understood, or is about that contact, and is a
/// fault.
[[nodiscard]] Redactions read_redactions(const YamlNode& answer);

/// The object has a remark or notice of a type that says so (RFC 9083 10.2.1: `object redacted due to
/// authorization`, `object truncated due to ...`).
[[nodiscard]] bool remarks_tell_redaction(const YamlNode& object);

}  // namespace ccgate
