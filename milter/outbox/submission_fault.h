// milter/outbox/submission_fault.h: whether a mail server that refuses our mail means its recipient, or us.
// Pure.
#pragma once

#include <optional>

#include "milter/outbox/smtp_reply.h"
#include "policy/evidence/truth.h"

namespace ccgate {

enum class SubmissionStep { greeting, ehlo, mail, rcpt, data, message };

enum class SubmissionFault {
  later,  ///< not now
  ours,   ///< for good, whoever the mail is for: the server, or our place in front of it, is to be mended
  of_recipient,  ///< for good, by a code that is about the mailbox
  unclear,       ///< for good, at RCPT: only what is said to another recipient tells
};

/// What a reply that is not the one hoped for means at `step`. A recipient is at fault only by one of the
/// status codes for it (RFC 3463 3.2 and 3.3, RFC 6531 3.5): by the rules of Postfix and others, HELO, sender
/// and client are refused at RCPT as well (smtpd_delay_reject).
[[nodiscard]] SubmissionFault fault_of(SubmissionStep step, const SmtpReply& reply);

/// `fault` of a RCPT beside the RCPT of an address that the server has to take: was that one taken, or
/// refused for good? Unknown: neither for now. nullopt: there is no such address. What is refused to both is
/// ours; what stays unclear never ends a mail.
[[nodiscard]] SubmissionFault fault_beside(SubmissionFault fault, std::optional<Truth> other_taken);

}  // namespace ccgate
