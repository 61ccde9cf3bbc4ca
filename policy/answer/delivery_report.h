// policy/answer/delivery_report.h: what a mail system says about a mail of ours.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/message/message.h"

namespace ccgate {

struct DeliveryReport {
  bool failed = false;  ///< for good, for one recipient at least
  std::string status;   ///< x.y.z of that one; empty when it says none
};

/// A mail with the parts message/delivery-status of RFC 3464, decoded, as `status_parts`: one recipient
/// failed when its Action says so, or, where it has none, its Status is 5.y.z. A mail without such fields
/// counts when it comes from a mail system with a null sender, unless it is a report of RFC 6522, tells of
/// nothing but a delay (in the words of Exim, Sendmail and others), or is that of an answering machine: what
/// a mail system says in words that are not known is taken for a failure. `text`: what people read.
[[nodiscard]] DeliveryReport read_delivery_report(const std::vector<HeaderField>& fields, bool null_sender,
                                                  const std::vector<std::string>& status_parts,
                                                  std::string_view subject, std::string_view text);

}  // namespace ccgate
