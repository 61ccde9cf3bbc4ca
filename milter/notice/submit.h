// milter/notice/submit.h: one mail handed over to the mail server.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "milter/notice/mail.h"
#include "milter/site/config.h"
#include "policy/truth.h"

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

/// May be used by one thread at a time. Blocks for bounded time, see SmtpTimes; after a stop for some
/// seconds.
class Submitter {
 public:
  virtual ~Submitter() = default;
  [[nodiscard]] virtual SubmitResult submit(const Mail& mail) = 0;
  /// Asks whether mail that needs SMTPUTF8 can be handed over; unknown when nobody answers.
  [[nodiscard]] virtual Truth offers_smtputf8() = 0;
};

struct SmtpTimes {
  std::chrono::milliseconds connect{15'000};   ///< each address of the host
  std::chrono::milliseconds reply{60'000};     ///< each reply, however slowly it drips in
  std::chrono::milliseconds data{180'000};     ///< the reply to the data: filters of the server work then
  std::chrono::milliseconds whole{300'000};    ///< one mail
  std::chrono::milliseconds grace{3'000};      ///< after a stop, for the reply to data that is under way
  std::chrono::milliseconds question{20'000};  ///< offers_smtputf8, whole
};

/// The Submitter of `submit` in ccgate.yaml; of kind none, one that answers `later`. `stop` ends what it
/// does.
[[nodiscard]] std::unique_ptr<Submitter> make_submitter(const Submission& submission, std::stop_token stop);

/// A client of RFC 5321: one connection and one mail, plain text. Of the extensions it uses SMTPUTF8, for
/// mail that needs it; where that is not offered, such mail is `never` taken. Whose fault a 5xx reply is
/// tells submission_fault.h.
[[nodiscard]] std::unique_ptr<Submitter> make_smtp_submitter(const std::string& host, std::uint16_t port,
                                                             const SmtpTimes& times, std::stop_token stop);
/// `program -i -f FROM -- TO` with the message as standard input. Its recipient is at fault by the exit
/// status EX_NOUSER and EX_NOHOST; EX_USAGE, EX_DATAERR and EX_NOPERM are trouble; all others, a program that
/// hangs, was killed or could not be started are `later`. Nobody says
/// what becomes of an address that is not ASCII in there, so such mail is never handed over.
[[nodiscard]] std::unique_ptr<Submitter> make_sendmail_submitter(const std::string& program,
                                                                 std::stop_token stop);

}  // namespace ccgate
