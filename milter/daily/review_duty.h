// milter/daily/review_duty.h: contacts asked whether their members still belong on a list.
#pragma once

#include "milter/daily/duty.h"

namespace ccgate {

/// Contacts that are to be asked (members/reviews.h), of the lists that have `review`.
[[nodiscard]] std::vector<Due> reviews_due(const DailySite& site);
/// Those that are to be asked once more.
[[nodiscard]] std::vector<Due> reminders_due(const DailySite& site);

}  // namespace ccgate
