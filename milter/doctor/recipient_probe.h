// milter/doctor/recipient_probe.h: a mail server asked by SMTP whether it takes mail for addresses. No mail
// is sent: the transaction is given up.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "milter/doctor/postfix_recipients.h"

namespace ccgate {

struct RecipientAnswer {
  int code = 0;      ///< of the reply to RCPT; 0: there was none
  std::string text;  ///< the reply
};
/// One answer for each of `recipients`, as the null sender asks. Takes `time` at most. `why`: no server
/// answers, or it does not let us ask; then there are none.
[[nodiscard]] std::vector<RecipientAnswer> ask_recipients(const std::string& host, std::uint16_t port,
                                                          const std::string& helo,
                                                          const std::vector<std::string>& recipients,
                                                          std::chrono::milliseconds time, std::string& why);

/// Pure. `answers`: one for each of `needed`; or `why` there are none.
[[nodiscard]] LookResult look_at_answers(const std::vector<NeededRecipient>& needed,
                                         const std::vector<RecipientAnswer>& answers, const std::string& why);

}  // namespace ccgate
