// policy/evidence/spf_visit.h: the records of one SPF evaluation, and whom they let pass together.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "policy/evidence/spf_record.h"

namespace ccgate {

/// A record, and what became of its terms as far as the evaluation came.
struct SpfVisit {
  struct Found {
    std::vector<std::string> addresses = {};     ///< of a and mx: 4 or 16 octets each
    bool answered = false;                       ///< of exists: there was an A record
    std::unique_ptr<SpfVisit> record = nullptr;  ///< of include and redirect=
  };
  SpfRecord record;
  std::vector<Found> found;  ///< one for each term

  explicit SpfVisit(SpfRecord read) : record(std::move(read)), found(record.terms.size()) {}
};

/// True when half or more of all addresses pass, of IPv4 or of those of IPv6 that are in use (2000::/3): with
/// all includes and redirects together, each qualifier and the order of terms as they count (RFC 7208 4.6.2,
/// 5.2). Of a and mx the addresses that were found count, with their networks; half of everything around any
/// host counts as everything. A term matches everybody where its name ends in a macro that the client chooses
/// (h, l, s, or p: its own name), and so does an exists that was answered and whose name has neither the
/// client's address nor its name in it (5.7, 7.2). Other exists, ptr, and what was not asked match nobody
/// here.
[[nodiscard]] bool passes_everybody(const SpfVisit& root);

/// The same with 1/128 in place of a half. An evaluation reads so few records that those below it are not
/// half of all addresses together.
[[nodiscard]] bool passes_many(const SpfVisit& root);

}  // namespace ccgate
