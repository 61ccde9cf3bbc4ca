// milter/daily/repository_duty.h: the members told who is on their list.
#pragma once

#include "milter/daily/duty.h"

namespace ccgate {

/// The mail of this week or month (UTC), to each list that has one configured and members, or had some when
/// it was last told. None of a time before the last: a clock that went back makes no mail.
[[nodiscard]] std::vector<Due> repository_mails_due(const DailySite& site);

}  // namespace ccgate
