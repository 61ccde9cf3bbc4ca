// milter/evidence/dkim_plan.h: which DKIM signatures of a message are verified at all. Pure: no library, no
// DNS.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "policy/evidence/dkim_signature.h"
#include "policy/evidence/evidence.h"

namespace ccgate {

/// A signature that is worth verifying.
struct DkimCandidate {
  std::size_t signature = 0;  ///< index into DkimPlan::signatures
  std::size_t field = 0;      ///< index of its header field
  DkimTags tags;
  std::vector<std::size_t> selected;  ///< indexes of the header fields that h= selects, ascending
  std::string key_name;               ///< where its key is: SELECTOR._domainkey.DOMAIN
};

struct DkimPlan {
  std::vector<Signature> signatures;  ///< one per DKIM-Signature field, in message order; the refused ones
                                      ///< with their final result
  std::vector<DkimCandidate> chosen;  ///< at most five, in message order
};

/// Reads the DKIM-Signature fields strictly. At most `limits.signatures` are looked at, the lowest: each host
/// on the way adds on top, and the author's own is what counts. Of those that could count, five are chosen,
/// d= aligned with `author_domain` first. A signature that could not count whatever its key says (l=, sha1,
/// expired, from the future) is refused here, as `policy`, without being verified.
[[nodiscard]] DkimPlan plan_dkim(const std::vector<HeaderField>& fields, const Domain& author_domain,
                                 std::int64_t now, const Limits& limits);

/// The earliest t= that is believed: DKIM is not older. A library that compares t= and x= with the clock of
/// this host can then be told to allow for this much drift, so that `now` decides alone.
inline constexpr std::int64_t kDkimEpoch = 1'199'145'600;  // 2008-01-01T00:00:00Z

}  // namespace ccgate
