#include "milter/daily/duties.h"

#include "milter/daily/outreach_duty.h"
#include "milter/daily/repository_duty.h"
#include "milter/daily/review_duty.h"

namespace ccgate {

const std::vector<Duty>& daily_duties() {
  static const std::vector<Duty> all{reviews_due, reminders_due, letters_due, helpers_mails_due,
                                     repository_mails_due};
  return all;
}

}  // namespace ccgate
