// milter/report/report_json.h: a report for programs: one JSON object a line.
#pragma once

#include <string>

#include "milter/report/report_data.h"

namespace ccgate {

/// `kind` is `summary` for the first, then `region` for each region, then `cctld` for each ccTLD; with
/// `region` those of that region alone. `people`: with the members of each.
[[nodiscard]] std::string coverage_json(const Report& report, std::optional<Region> region, bool people);
[[nodiscard]] std::string follow_up_json(const Report& report, std::optional<Region> region);
[[nodiscard]] std::string decisions_json(const Report& report);

}  // namespace ccgate
