// milter/mime/mime_parts.cc: which leaves of a message are text, and what they say. Where two readers could
// differ, the text is unreadable: the list manager behind us has a reader of its own.
#include "milter/mime/mime_parts.h"

#include <algorithm>
#include <utility>

#include "milter/mime/charset.h"
#include "milter/mime/content_type.h"
#include "milter/mime/mime_cost.h"
#include "milter/mime/mime_cut.h"
#include "milter/mime/mime_lines.h"
#include "milter/mime/transfer_encoding.h"
#include "milter/mime/unread_parts.h"
#include "milter/mime/vcard.h"
#include "policy/message/flowed_text.h"
#include "policy/message/html_text.h"
#include "policy/prose/request_words.h"
#include "policy/text/lines.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

/// No picture of so few octets shows anything: those that count readers have 43.
constexpr std::size_t kLargestUnseen = 80;

/// Appends `text` on a line of its own, line ends as LF.
void append(std::string& to, std::string_view text) {
  if (!to.empty() && to.back() != '\n') to += '\n';
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r' || i + 1 == text.size() || text[i + 1] != '\n') to += text[i];
  }
}

class PartReader {
 public:
  PartReader(const MimeLimits& limits, Words& words) : limits_(limits), words_(words) {}

  void read(const MimeLeaf& leaf) {
    if (!words_.readable) return;
    if (leaf.name.starts_with("message/")) {
      // Mailman looks for its text inside attached messages too, so one before any text cannot be passed
      // over.
      if (!any_plain_) give_up("an attached message stands before the text");
      words_.unread = "a message is attached";
    } else if (!leaf.type && (leaf.name.starts_with("text/") || !is_plain_media_type(leaf.name))) {
      give_up("an odd Content-Type");
    } else if (leaf.name == "text/plain" || leaf.name == "text/html") {
      read_text(leaf);
    } else if (leaf.name == "application/pkcs7-mime" || leaf.name == "application/x-pkcs7-mime" ||
               leaf.name == "application/pgp-encrypted") {
      give_up("the text is encrypted, or in an envelope that is not opened here");
    } else if (is_vcard(leaf)) {
      read_vcard(leaf);
    } else if (!says_nothing(leaf)) {
      // Nothing that a list manager reads as commands, but people do.
      words_.unread = "a part is of a kind that is not read here";
    } else {
      const bool picture = leaf.name.starts_with("image/");
      pictures_ |= picture;
      words_.pictures |= picture && leaf.octets.size() > kLargestUnseen;
    }
  }

  void finish() {
    if (!words_.readable) return;
    if (holds_uuencoded(plain_)) words_.unread = kUuencoded;
    // A picture beside a text may be a logo; alone it may be the text.
    if (pictures_ && trim(plain_).empty() && trim(html_).empty())
      words_.unread = "there is nothing but pictures";
    words_.shown = std::move(shown_);
    if (!vcards_.empty()) append(words_.shown, vcards_);
    words_.text = std::move(plain_);
    if (html_.empty()) return;
    if (!words_.text.empty() && words_.text.back() != '\n') words_.text += '\n';
    words_.text += html_;
  }

 private:
  void give_up(const char* why) {
    words_.readable = false;
    if (words_.why_unreadable.empty()) words_.why_unreadable = why;
  }

  void read_text(const MimeLeaf& leaf) {
    for (const auto& [param, value] : leaf.type->params) {
      if (param.starts_with("charset*")) return give_up("a charset told in pieces");
    }
    const std::string_view charset = leaf.type->param("charset");
    const auto encoding = leaf.transfer_encoding.empty() ? TransferEncoding::identity
                                                         : parse_transfer_encoding(leaf.transfer_encoding);
    if (!encoding) return give_up("the text has a transfer encoding that is not known here");

    const bool html = leaf.name == "text/html";
    // Encoded text is up to three times as long, and HTML says little in many octets.
    const std::size_t most = limits_.text_bytes * (html ? 16 : 4);
    if (leaf.octets.size() > most) return give_up("there is too much text");
    std::optional<std::string> text;
    if (*encoding == TransferEncoding::identity) {
      text = to_utf8(leaf.octets, charset);
    } else if (*encoding == TransferEncoding::base64) {
      if (!is_plain_base64(leaf.octets)) return give_up("the base64 of the text is broken");
      text = to_utf8(decode_base64(leaf.octets), charset);
    } else {
      if (!is_plain_quoted_printable(leaf.octets))
        return give_up("the quoted-printable of the text is broken");
      text = to_utf8(decode_quoted_printable(leaf.octets), charset);
    }
    if (!text) {
      return give_up(is_known_charset(charset) ? "the text does not fit its charset"
                                               : "the text is in a charset that is not known here");
    }
    if (html) text = read_html(*text);
    append(html ? html_ : plain_, *text);
    if (!shown_.empty()) append(shown_, "\f");
    append(shown_, is_flowed(*leaf.type) ? flowed_text(*text, ascii_iequal(leaf.type->param("delsp"), "yes"))
                                         : *text);
    any_plain_ |= !html;
    if (plain_.size() + html_.size() > limits_.text_bytes) give_up("there is too much text");
  }

  /// Where a signature stands, since it is one.
  void read_vcard(const MimeLeaf& leaf) {
    const auto octets = decoded_octets(leaf);
    const auto text = octets && octets->size() <= limits_.text_bytes && leaf.type
                          ? to_utf8(*octets, leaf.type->param("charset"))
                          : std::nullopt;
    const VcardText card = text ? vcard_text(*text) : VcardText{"", false};
    if (!card.whole) words_.unread = "a vCard says more than is read here";
    if (card.text.empty()) return;
    append(vcards_, "\f");
    vcards_ += "-- \n" + card.text;
    if (vcards_.size() > limits_.text_bytes) give_up("there is too much text");
  }

  std::string read_html(std::string_view source) {
    HtmlText html = html_text(source);
    if (html.unread || could_wish_to_join(fold_letters(html.skipped)))
      words_.unread = "readers may see more of the HTML than is read here";
    pictures_ |= html.pictures;
    words_.pictures |= html.pictures;
    words_.hidden |= html.hidden;
    return std::move(html.text);
  }

  const MimeLimits& limits_;
  Words& words_;
  std::string plain_;
  std::string html_;
  std::string shown_;
  std::string vcards_;
  bool any_plain_ = false;
  bool pictures_ = false;
};

/// True when every line of a field body after the first starts with a blank: it cannot become two fields.
bool is_one_field(std::string_view value) {
  for (auto at = value.find('\n'); at != std::string_view::npos; at = value.find('\n', at + 1)) {
    if (at + 1 >= value.size() || (value[at + 1] != ' ' && value[at + 1] != '\t')) return false;
  }
  return value.find('\0') == std::string_view::npos;
}

}  // namespace

void read_parts(const ContentFields& content, std::string_view body, const MimeLimits& limits, Words& words) {
  const auto give_up = [&](std::string_view why) {
    words.readable = false;
    words.why_unreadable = why;
  };
  if (!is_one_field(content.type) || !is_one_field(content.transfer_encoding))
    return give_up("an odd Content-Type");
  if (has_lone_cr(body)) return give_up("a CR stands alone, which ends a line for some");
  if (!is_cheap_mime(body, limits.parts)) return give_up("too many parts");
  const MimeCut cut = cut_mime(content, body, limits);
  if (!cut.fault.empty()) return give_up(cut.fault);
  PartReader reader(limits, words);
  for (const MimeLeaf& leaf : cut.leaves) reader.read(leaf);
  reader.finish();
}

}  // namespace ccgate
