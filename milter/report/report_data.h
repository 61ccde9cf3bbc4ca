// milter/report/report_data.h: all that a report on a list tells, read from the store in one go.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "milter/coverage/coverage.h"
#include "milter/coverage/follow_ups.h"
#include "milter/coverage/growth.h"
#include "milter/store/store.h"

namespace ccgate {

/// One list, and what is known beside the store.
struct ReportSite {
  std::string list;
  std::shared_ptr<const Directory> directory;
  RegistryOverrides overrides;                     ///< those of the directory
  std::int64_t review_expires = 60 * kDaySeconds;  ///< `review.expires` of the list
};

/// The delegated ccTLDs of IANA's list, and those of the contact data that it does not know, with the regions
/// that registries.yaml says, or the list.
[[nodiscard]] std::vector<CountedCcTld> counted_cctlds(const Directory& directory);

/// What coverage() of the list follows from, at `at` and earlier, as far as the store reaches back; of
/// `requests` those of so many seconds before, the newest of each registry, or none. Refers to `site`. Throws
/// StoreError.
[[nodiscard]] CoverageInput read_coverage_input(Store& store, const ReportSite& site, std::int64_t at,
                                                std::int64_t requests);

/// Decisions in one month, or the part of it before the report.
struct DecisionMonth {
  std::string month;  ///< `2015-02`, UTC
  std::vector<DecisionCount> counts;
};

struct Report {
  std::string list;
  Coverage coverage;
  std::vector<FollowUp> follow_ups;
  std::vector<GrowthStep> growth;
  std::vector<DecisionMonth> months;  ///< the last twelve, the oldest first
};

/// What a report is to tell; the rest is not read.
struct ReportWish {
  bool coverage = false;
  bool follow_ups = false;
  bool growth = false;
  bool decisions = false;
  bool people = false;  ///< follow-ups name people
};

/// How it was at `at`, as far as the store reaches back. Throws StoreError.
[[nodiscard]] Report read_report(Store& store, const ReportSite& site, std::int64_t at,
                                 const ReportWish& wish);

}  // namespace ccgate
