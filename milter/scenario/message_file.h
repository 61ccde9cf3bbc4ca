// milter/scenario/message_file.h: a message at rest (a file, a scenario's text) -> header fields and body, as
// the MTA would hand them over.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/message/message.h"

namespace ccgate {

struct MessageText {
  std::vector<HeaderField> fields;  ///< values with leading blank, folds as LF
  std::string body;                 ///< CRLF line ends
};

/// Splits at the first empty line; LF and CRLF line ends are both taken. A leading mbox `From ` line is
/// dropped. A line in the header section that is no field ends it, as in an MTA: it and what follows is body.
[[nodiscard]] MessageText split_message(std::string_view text);

}  // namespace ccgate
