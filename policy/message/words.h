// policy/message/words.h: the text of a message.
#pragma once

#include <string>
#include <string_view>

namespace ccgate {

/// The words of a message, decoded to UTF-8 by the MIME adapter. Line ends LF.
struct Words {
  std::string subject;
  std::string text;  ///< all text parts, HTML turned to text, quoted replies kept
  bool readable =
      true;  ///< false: an unknown charset or encoding, or over-deep MIME: the text cannot be judged
  std::string why_unreadable;
  bool subject_readable = true;  ///< false: the Subject alone makes it unreadable
  std::string_view raw;          ///< the body as it came, where it is not simply the text: lines that another
                                 ///< MIME reader may take for text. Not owned
};

}  // namespace ccgate
