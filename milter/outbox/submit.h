// milter/outbox/submit.h: one mail handed over to the mail server.
#pragma once

#include <string>

#include "milter/notice/mail.h"
#include "policy/evidence/truth.h"

namespace ccgate {

struct SubmitResult {
  enum class Outcome {
    taken,    ///< the mail server answers for it now
    later,    ///< not now; in doubt when the connection broke behind the data: it may have been taken
    trouble,  ///< refused for good, but not for its recipient's sake: for the operator to mend
    never,    ///< its recipient is refused for good
  };
  Outcome outcome = Outcome::later;
  std::string why;           ///< the server's reply or what went wrong; one line of printable ASCII, bounded
  bool unreachable = false;  ///< later, trouble: no server answers, so that other mail need not be tried now
  Truth smtputf8 = Truth::unknown;  ///< whether the server offers it, where it was heard
};

/// May be used by one thread at a time. Blocks for bounded time, see SmtpTimes (submit_smtp.h); after a stop
/// for some seconds.
class Submitter {
 public:
  virtual ~Submitter() = default;
  [[nodiscard]] virtual SubmitResult submit(const Mail& mail) = 0;
  /// Asks whether mail that needs SMTPUTF8 can be handed over; unknown when nobody answers.
  [[nodiscard]] virtual Truth offers_smtputf8() = 0;
};

}  // namespace ccgate
