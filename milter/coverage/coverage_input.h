// milter/coverage/coverage_input.h: all that the coverage of a list follows from.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "milter/store/member_records.h"
#include "milter/store/records.h"
#include "milter/store/report_records.h"
#include "policy/registry/registry.h"
#include "policy/text/durations.h"

namespace ccgate {

struct CountedCcTld {
  Domain label;
  std::optional<Region> region;  ///< nullopt: it counts in the whole only
};

/// Rows later than the time that is looked at do not count, and rows may be missing that are too old to: so
/// the same input serves every earlier time as far as it reaches back.
struct CoverageInput {
  std::vector<CountedCcTld> cctlds;      ///< each once; sorted by coverage()
  const Directory* directory;            ///< contacts and the mail domains of registries; never null
  std::vector<std::set<Domain>> covers;  ///< what the operator says is one registry
  std::vector<Member> members;           ///< of the list, those who ended too
  std::vector<RequestSeen> requests;     ///< requests to subscribe, in any order, none twice
  std::vector<Question> questions;       ///< about them
  std::vector<OutreachStep> steps;       ///< invitations, reviews and notes, in any order
  std::size_t most_people = 3;           ///< for one ccTLD: more are over its quota
  std::int64_t review_expires = 60 * kDaySeconds;  ///< so long a contact has to answer a review
};

}  // namespace ccgate
