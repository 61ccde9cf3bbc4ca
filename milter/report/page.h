// milter/report/page.h: a report as one file for browsers, which asks nobody for anything else.
#pragma once

#include <string>

#include "milter/report/report_data.h"

namespace ccgate {

/// HTML. It says in a Content-Security-Policy that only its own style and script count, so that even a fault
/// in here would run nothing of what others wrote; without its script it tells the same. Without `people` it
/// names no member, author or contact: `report.follow_ups` were made without, too.
[[nodiscard]] std::string report_page(const Report& report, bool people);

}  // namespace ccgate
