// milter/mime/delivery_status.h: the parts of a mail that programs read to learn what became of another.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/message/message.h"

namespace ccgate {

/// The content of each part message/delivery-status or message/global-delivery-status (RFC 3464, 6533),
/// decoded, at most 20 of them; what the whole mail is, too. Found by their Content-Type lines, whatever else
/// of the mail is not as it should be, since mail systems write and cut reports in many ways; for that, and
/// nothing that lets anybody in, only.
[[nodiscard]] std::vector<std::string> delivery_status_parts(const std::vector<HeaderField>& fields,
                                                             std::string_view body);

}  // namespace ccgate
