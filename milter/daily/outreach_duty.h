// milter/daily/outreach_duty.h: contacts invited and reminded, and those told who help to get them in.
#pragma once

#include "milter/daily/duty.h"

namespace ccgate {

/// Contacts that are to be invited today, and those to be invited once more, of the lists that have
/// `outreach` and where somebody was invited by hand before.
[[nodiscard]] std::vector<Due> letters_due(const DailySite& site);
/// The mail of this week (UTC, from Monday on) to each helper whose region has anybody to follow up. None of
/// a week before the last: a clock that went back makes no mail.
[[nodiscard]] std::vector<Due> helpers_mails_due(const DailySite& site);

}  // namespace ccgate
