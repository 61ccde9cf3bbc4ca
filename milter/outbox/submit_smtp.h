// milter/outbox/submit_smtp.h: mail handed over to a server by SMTP.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>

#include "milter/outbox/submit.h"
#include "milter/system/host_name.h"

namespace ccgate {

struct SmtpTimes {
  std::chrono::milliseconds connect{15'000};   ///< each address of the host
  std::chrono::milliseconds reply{60'000};     ///< each reply, however slowly it drips in
  std::chrono::milliseconds data{180'000};     ///< the reply to the data: filters of the server work then
  std::chrono::milliseconds whole{300'000};    ///< one mail
  std::chrono::milliseconds grace{3'000};      ///< after a stop, for the reply to data that is under way
  std::chrono::milliseconds question{20'000};  ///< offers_smtputf8, whole
};

/// Who greets: greeting_name() of these.
struct SmtpGreeting {
  std::string configured = {};  ///< empty: nothing is
  std::string host_name = own_host_name();
};

/// A client of RFC 5321: one connection and one mail, plain text. Of the extensions it uses SMTPUTF8, for
/// mail that needs it; where that is not offered, such mail is `never` taken. Whose fault a 5xx reply is
/// tells submission_fault.h.
[[nodiscard]] std::unique_ptr<Submitter> make_smtp_submitter(const std::string& host, std::uint16_t port,
                                                             const SmtpTimes& times, std::stop_token stop,
                                                             SmtpGreeting greeting = {});

}  // namespace ccgate
