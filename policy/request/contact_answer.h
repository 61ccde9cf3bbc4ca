// policy/request/contact_answer.h: what a mail to one of our own addresses says.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/message/message.h"
#include "policy/message/words.h"

namespace ccgate {

/// Why a mail was written by a program and not by a person; empty when nothing says so. By the null envelope
/// sender, Auto-Submitted (RFC 3834 5), Precedence, List-* fields, a report as Content-Type (RFC 6522), the
/// fields and Subjects that answering machines and ticket systems are known for. Names what it was, and
/// quotes nothing of the mail.
[[nodiscard]] std::string automatic_because(const std::vector<HeaderField>& fields, bool null_sender,
                                            std::string_view subject);

enum class ContactAnswer {
  confirms,
  refuses,
  unclear,  ///< neither
};

/// The answer to a question, by the first line of its own: not quoted, no greeting, not the line that says
/// who wrote what is quoted. It confirms when that begins with a word for yes (or `I confirm`), and refuses
/// when that, or the Subject before `Re:`, begins with a word for no. Anything else may come from a ticket
/// system that does not say so, or from somebody who asks back: that must let nobody in.
[[nodiscard]] ContactAnswer read_contact_answer(const Words& words);

/// What a delivery status notification says.
struct DeliveryReport {
  bool failed = false;  ///< for good: Action failed (RFC 3464 2.3.3), or a report in words of a mail system
  std::string status;   ///< x.y.z, empty when it says none
};
/// `body`: as it came. Read without a MIME parser: the fields of RFC 3464 are ASCII lines.
[[nodiscard]] DeliveryReport read_delivery_report(const std::vector<HeaderField>& fields, bool null_sender,
                                                  std::string_view body);

}  // namespace ccgate
