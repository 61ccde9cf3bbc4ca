// milter/daily/duties.h: all that is done by the day.
#pragma once

#include <vector>

#include "milter/daily/duty.h"

namespace ccgate {

/// In the order in which they are done.
[[nodiscard]] const std::vector<Duty>& daily_duties();

}  // namespace ccgate
