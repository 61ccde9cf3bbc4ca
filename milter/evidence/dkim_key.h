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
  bool strict = false;  ///< t=s: i= is of the domain d= and of none below
  std::string key;      ///< in base64: a SubjectPublicKeyInfo of RSA, or 32 octets of Ed25519
};

struct DkimKeyFault {
  AuthResult result = AuthResult::permerror;
  std::string why;  ///< ASCII
};

/// The key for a signature with a=`algorithm` (rsa-sha256 or ed25519-sha256), from the TXT records at its
/// selector. Records that start with `v=DKIM1` or hold a p= count as keys; there must be exactly one, every
/// tag once. An RSA key may be an RSAPublicKey too, as RFC 6376 3.6.1 says. Refused: revoked keys, keys for
/// testing (t=y), for other services, hashes or algorithms, and, as too long for this program, records over
/// 4,096 octets and keys that a record of 1,024 has no room for. temperror when there was no answer.
[[nodiscard]] std::variant<DkimKey, DkimKeyFault> choose_dkim_key(const DnsAnswer& answer,
                                                                  std::string_view algorithm);

}  // namespace ccgate
