// milter/coverage/coverage.h: who is on a list, who is not yet, and how far each has come: values in, values
// out. Nothing of it is stored: how it was at an earlier time is the same function.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "milter/coverage/coverage_input.h"
#include "milter/coverage/standing.h"

namespace ccgate {

struct CoveredCcTld {
  Domain label;
  std::optional<Region> region;
  std::size_t registry = 0;  ///< its number: ccTLDs with the same number are of one
  std::string contact;       ///< the admin contact; empty: none is known
  Standing standing;
  std::vector<Member> members;  ///< those of now
};

/// So many of all there are.
struct Share {
  std::size_t on = 0;
  std::size_t of = 0;
  friend bool operator==(const Share&, const Share&) = default;
};
struct RegionShare {
  Region region;
  Share cctlds;
  Share registries;  ///< one that spans two regions counts in both
  friend bool operator==(const RegionShare&, const RegionShare&) = default;
};

struct Coverage {
  std::int64_t at = 0;
  std::vector<CoveredCcTld> cctlds;  ///< ASCII before others, each alphabetically by A-label
  Share all_cctlds;
  Share all_registries;
  std::size_t people = 0;                ///< different addresses
  std::vector<RegionShare> regions;      ///< all of them, in the order of their words
  std::vector<std::string> undelegated;  ///< ccTLDs of members that are none any more
};

/// The same for equal arguments. `at`: any time, see CoverageInput.
[[nodiscard]] Coverage coverage(const CoverageInput& input, std::int64_t at);

}  // namespace ccgate
