// milter/evidence/dmarc.h: what the author domain's DMARC record asks of alignment (RFC 9989 adkim, aspf).
// Nothing else of DMARC is used: whether a message counts is the list's policy, not the domain's.
#pragma once

#include <optional>
#include <string_view>

#include "milter/evidence/dns.h"
#include "policy/evidence/evidence.h"
#include "policy/names/domain.h"

namespace ccgate {

struct AlignmentModes {
  AlignmentMode adkim = AlignmentMode::relaxed;
  AlignmentMode aspf = AlignmentMode::relaxed;
  friend bool operator==(const AlignmentModes&, const AlignmentModes&) = default;
};

/// The modes of one TXT record; nullopt when it is no DMARC record (`v=DMARC1` first). A tag that is
/// malformed, or there twice, counts as absent: relaxed.
[[nodiscard]] std::optional<AlignmentModes> parse_dmarc(std::string_view txt);

/// Puts the questions about `author_domain` in flight. Needed only when something is aligned as
/// Alignment::parent: for an exact match the modes change nothing.
void prefetch_dmarc(const Domain& author_domain, DnsBatch& dns);

/// The modes of `author_domain`: of its own record, else of its organizational domain's. Waits for DNS.
/// unknown when there was no answer; relaxed when there is no record, or more than one.
[[nodiscard]] AlignmentModes alignment_modes(const Domain& author_domain, DnsBatch& dns);

}  // namespace ccgate
