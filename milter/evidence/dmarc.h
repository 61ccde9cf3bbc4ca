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

/// Where the organisation of a DMARC record ends (psd=): it is a public suffix, an organizational domain, or
/// does not tell.
enum class DmarcScope { untold, suffix, organizational };

struct DmarcRecord {
  AlignmentModes modes = {};
  DmarcScope scope = DmarcScope::untold;
  friend bool operator==(const DmarcRecord&, const DmarcRecord&) = default;
};

struct DmarcAlignment {
  AlignmentModes modes = {};
  std::optional<Domain> organizational = {};
};

/// One TXT record; nullopt when it is no DMARC record (`v=DMARC1` first). A tag that is
/// malformed, or there twice, counts as absent: relaxed, and untold.
[[nodiscard]] std::optional<DmarcRecord> parse_dmarc(std::string_view txt);

/// Puts the questions about `author_domain` in flight. Needed only when something is aligned as
/// Alignment::parent: for an exact match the modes change nothing.
void prefetch_dmarc(const Domain& author_domain, DnsBatch& dns);

/// The tree walk of RFC 9989 section 4.10 from `author_domain` up: eight questions at most, in flight
/// together. `organizational` as section 4.10.2 selects it, nullopt where nobody up to the top has a record;
/// the modes of the author domain's record, else of the organizational domain's, else of the public suffix's.
/// For an author domain that is the organizational one by the public suffix list nobody above it counts, nor
/// is asked. Waits for DNS. Modes are unknown when there was no answer that they, or what they apply to, hang
/// on; relaxed when there is no record, or more than one.
[[nodiscard]] DmarcAlignment dmarc_alignment(const Domain& author_domain, DnsBatch& dns);

}  // namespace ccgate
