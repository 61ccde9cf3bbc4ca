// milter/evidence/dkim.h: DKIM signatures -> evidence. The library sees only what our own strict reading let
// through and knows to be read by it as RFC 6376 says; the rest is verified without it (dkim_check.h).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "milter/evidence/dns.h"
#include "policy/evidence/evidence.h"

namespace ccgate {

/// Shared by all threads of the process; holds what the library needs once.
class DkimVerifier {
 public:
  DkimVerifier();  ///< throws std::runtime_error when the library cannot be set up
  ~DkimVerifier();
  DkimVerifier(const DkimVerifier&) = delete;
  DkimVerifier& operator=(const DkimVerifier&) = delete;

 private:
  friend class DkimMessage;
  struct Library;
  std::unique_ptr<Library> library_;
};

/// The signatures of one message. At most `limits.signatures` fields are looked at and five verified, those
/// with d= aligned with the author domain first: junk on top does not push the real one out.
class DkimMessage {
 public:
  /// `fields` and `dns` outlive the object. Reads the DKIM-Signature fields strictly and puts the key
  /// questions in flight; waits for nothing. `author_domain` orders the work; `now` is seconds since 1970,
  /// the only clock.
  DkimMessage(const DkimVerifier& verifier, const std::vector<HeaderField>& fields,
              const Domain& author_domain, std::int64_t now, const Limits& limits, DnsBatch& dns);
  ~DkimMessage();
  DkimMessage(const DkimMessage&) = delete;
  DkimMessage& operator=(const DkimMessage&) = delete;

  /// Body octets as received (CRLF line ends), in any chunks. Hashed as they stream.
  void body(std::string_view octets);
  /// Waits for the keys, verifies, and tells one Signature per DKIM-Signature field, in message order. Call
  /// once. `policy`: it could not count whatever its mathematics say (l=, rsa-sha1, expired, from the future,
  /// a key for testing, a short RSA key, more than is read here), and mostly was not verified for that
  /// reason. `neutral`: it asks for something that is not known here. `none`: beyond the limits above.
  /// `temperror`: its key had no answer; that touches no other signature.
  [[nodiscard]] std::vector<Signature> finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace ccgate
