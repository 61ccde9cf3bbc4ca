// policy/message/flowed_text.h: text/plain with format=flowed (RFC 3676).
#pragma once

#include <string>
#include <string_view>

namespace ccgate {

/// `text` as a mail client shows it: a line that ends in a blank goes on in the next one of the same quote
/// depth (RFC 3676 4.2), without that blank where `del_sp` (4.2, DelSp=yes); stuffed spaces are taken away
/// (4.4). The signature separator `-- ` is a line of its own (4.3). Lines end in LF. Linear time.
[[nodiscard]] std::string flowed_text(std::string_view text, bool del_sp);

}  // namespace ccgate
