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
  std::string shown = {};   ///< `text` as a mail client shows it, flowed lines joined (RFC 3676) and a form
                            ///< feed between parts; empty where that is `text`
  std::string unread = {};  ///< why people, or the list manager, may see more than `text`: a part is neither
                            ///< text nor of a kind that says nothing. ASCII; empty when all was read
  bool pictures = false;    ///< it shows pictures, which may be logos, or may say something
  bool hidden = false;      ///< some of `text` is struck out, or in a style that hides it from people
  bool is_reply = false;    ///< In-Reply-To or References name a message
  std::string author_names = {};  ///< what the author goes by: the display name in From, as far as it can be
                                  ///< read, and the local part of the address; anybody may write there
                                  ///< whatever they like

  /// What people see.
  [[nodiscard]] const std::string& as_shown() const noexcept { return shown.empty() ? text : shown; }
};

}  // namespace ccgate
