// milter/ledger/message_identity.h: who wrote a message, and under which id, read from its header section.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "policy/message/message.h"

namespace ccgate {

/// RFC5322.From, when the field stands once and names one mailbox. Of a message that could not be judged too:
/// nothing here is authenticated.
[[nodiscard]] std::optional<Address> author_of(const std::vector<HeaderField>& fields);

/// As read_message gives it, unfolded and trimmed; empty when there is none or several.
[[nodiscard]] std::string message_id_of(const std::vector<HeaderField>& fields);

}  // namespace ccgate
