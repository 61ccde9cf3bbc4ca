// milter/mime/mime.h: a message -> the words people wrote in it.
#pragma once

#include <string_view>
#include <vector>

#include "milter/mime/mime_cut.h"
#include "policy/message/message.h"
#include "policy/message/words.h"

namespace ccgate {

/// `body`: what was kept of the body, CRLF line ends; `truncated`: there was more, which makes the text
/// unreadable. Text parts are decoded to UTF-8 and joined, text/plain before what HTML says; attached
/// messages (message/*, parts of a multipart/digest) are not read, and nothing in them reaches a library. A
/// plain 7-bit or UTF-8 text is not taken apart at all. What is left out without a fault, while people or the
/// list manager may see something in it, is told in `unread` (unread_parts.h).
/// The Subject is decoded; one that cannot be stays as it is and makes the words unreadable. Unreadable, too:
/// whatever another reader could take for another text (Content fields twice or malformed, broken base64,
/// charsets in which ASCII is not ASCII, an attached message before any text, a CR alone in what is not plain
/// text, a part's header that holds more than fields, an odd boundary). Stack use does not depend on the
/// message. `raw` of the result points into `body`.
[[nodiscard]] Words read_words(const std::vector<HeaderField>& fields, std::string_view body, bool truncated,
                               const MimeLimits& limits);

}  // namespace ccgate
