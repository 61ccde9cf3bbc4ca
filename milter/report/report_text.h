// milter/report/report_text.h: a report for a terminal.
#pragma once

#include <string>

#include "milter/report/report_data.h"

namespace ccgate {

/// The numbers; with `region` of that region alone, and how far each of its ccTLDs is.
[[nodiscard]] std::string coverage_text(const Report& report, std::optional<Region> region, bool people);
/// Empty when there is nobody to follow up.
[[nodiscard]] std::string follow_up_text(const Report& report, std::optional<Region> region);
[[nodiscard]] std::string decisions_text(const Report& report);

}  // namespace ccgate
