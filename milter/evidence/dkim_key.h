// milter/evidence/dkim_key.h: the key record of a signature (RFC 6376 3.6), read strictly before any library
// sees it.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "milter/evidence/dns.h"
#include "policy/evidence/evidence.h"

namespace ccgate {

struct DkimKey {
  std::string record;  ///< rebuilt from the tags that matter: what a library may see
  bool ed25519 = false;
};

struct DkimKeyFault {
  AuthResult result = AuthResult::permerror;
  std::string why;  ///< ASCII
};

/// The key for a signature with a=`algorithm` (rsa-sha256 or ed25519-sha256), from the TXT records at its
/// selector. Records that start with `v=DKIM1` or hold a p= count as keys; there must be exactly one, of at
/// most 1,024 octets, every tag once. Refused: revoked keys, keys for testing (t=y), for other services,
/// hashes or algorithms. temperror when there was no answer.
[[nodiscard]] std::variant<DkimKey, DkimKeyFault> choose_dkim_key(const DnsAnswer& answer,
                                                                  std::string_view algorithm);

}  // namespace ccgate
