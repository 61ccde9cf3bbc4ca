// policy/answer/automatic_mail.h: which mail a program wrote.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/message/message.h"

namespace ccgate {

struct AutomaticMark {
  std::string why;              ///< names what said so, and quotes nothing of the mail; empty: nothing did
  bool answers_itself = false;  ///< an answering machine or a mail system. False: ticket systems put such
                                ///< marks on what a person wrote, too
};

/// By the null envelope sender, Auto-Submitted (RFC 3834 5), Precedence, List-* fields, a report as
/// Content-Type (RFC 6522), the fields and Subjects that answering machines and ticket systems are known for.
/// X-Auto-Response-Suppress is none of them: it asks for no answer, and says nothing of the mail it is in.
[[nodiscard]] AutomaticMark automatic_because(const std::vector<HeaderField>& fields, bool null_sender,
                                              std::string_view subject);

/// `Automatic reply: ...`, `Out of office`, in many languages, behind `[tags]`.
[[nodiscard]] bool is_away_subject(std::string_view subject);

}  // namespace ccgate
