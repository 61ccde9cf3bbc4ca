// milter/evidence/dkim_check.h: signatures that a library would read otherwise than RFC 6376 does, verified
// without it: the canonicalizations are policy/evidence/dkim_canon.h, the arithmetic is OpenSSL's.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "milter/evidence/dkim_key.h"
#include "milter/evidence/dkim_plan.h"

namespace ccgate {

/// The hash of a body as it streams (RFC 6376 3.7 step 1, with SHA-256).
class DkimBodyHash {
 public:
  explicit DkimBodyHash(bool relaxed);
  ~DkimBodyHash();
  DkimBodyHash(const DkimBodyHash&) = delete;
  DkimBodyHash& operator=(const DkimBodyHash&) = delete;

  void add(std::string_view octets);
  /// In base64, as bh= has it. Call once, last.
  [[nodiscard]] std::string finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

struct DkimHeaderCheck {
  bool good = false;  ///< b= is the signature of the header, by this key
  unsigned bits = 0;  ///< of the key; 0 when it cannot be read
};

/// Verifies the header hash of a signature (RFC 6376 3.7 step 2, RFC 8463 3). `key` is for its algorithm.
/// Keys of fewer than `min_rsa_bits` are not tried.
[[nodiscard]] DkimHeaderCheck check_dkim_header(const DkimCandidate& candidate,
                                                const std::vector<HeaderField>& fields, const DkimKey& key,
                                                unsigned min_rsa_bits);

}  // namespace ccgate
