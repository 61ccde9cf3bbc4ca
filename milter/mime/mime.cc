// milter/mime/mime.cc: plain texts without a MIME parser, and what makes a text unreadable.
#include "milter/mime/mime.h"

#include <algorithm>
#include <utility>

#include "milter/mime/author_names.h"
#include "milter/mime/content_type.h"
#include "milter/mime/mime_parts.h"
#include "milter/mime/subject.h"
#include "milter/mime/transfer_encoding.h"
#include "milter/mime/unread_parts.h"
#include "policy/message/flowed_text.h"
#include "policy/message/line_limit.h"
#include "policy/text/text.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

void give_up(Words& words, std::string why) {
  words.readable = false;
  words.text.clear();
  if (words.why_unreadable.empty()) words.why_unreadable = std::move(why);
}

/// Of what is plain text.
void show_flowed(const ContentFields& content, Words& words) {
  const auto type = parse_content_type(content.type);
  if (!type || !is_flowed(*type)) return;
  words.shown = flowed_text(words.text, ascii_iequal(type->param("delsp"), "yes"));
}

/// No Content-Type, or exactly text/plain in UTF-8 or its subset, and no transfer encoding: the body is the
/// text.
bool is_plain_text(const ContentFields& content) {
  if (!content.transfer_encoding.empty() &&
      parse_transfer_encoding(content.transfer_encoding) != TransferEncoding::identity) {
    return false;
  }
  if (content.type.empty()) return true;
  const auto type = parse_content_type(content.type);
  if (!type || type->type != "text/plain") return false;
  const bool odd_charset = std::ranges::any_of(
      type->params, [](const auto& param) { return param.first.starts_with("charset*"); });
  const std::string charset = ascii_lower(type->param("charset"));
  return !odd_charset && (charset.empty() || charset == "us-ascii" || charset == "utf-8");
}

}  // namespace

Words read_words(const std::vector<HeaderField>& fields, std::string_view body, bool truncated,
                 const MimeLimits& limits) {
  Words words;
  ContentFields content;
  bool twice = false;
  bool subject_seen = false;
  for (const HeaderField& field : fields) {
    const auto take = [&](std::string& into) {
      twice |= !into.empty();
      into = field.value.empty() ? " " : field.value;  // present though empty
    };
    if (ascii_iequal(field.name, "content-type")) take(content.type);
    if (ascii_iequal(field.name, "content-transfer-encoding")) take(content.transfer_encoding);
    if (ascii_iequal(field.name, "content-disposition")) content.disposition = field.value;
    if (ascii_iequal(field.name, "from") && words.author_names.empty())
      words.author_names = author_names(field.value);
    if (ascii_iequal(field.name, "in-reply-to") || ascii_iequal(field.name, "references"))
      words.is_reply |= field.value.find('@') != std::string::npos;
    if (ascii_iequal(field.name, "subject") && !std::exchange(subject_seen, true)) {
      Subject subject = read_subject(field.value);
      words.subject = std::move(subject.text);
      words.subject_readable = subject.why_unreadable.empty();
      if (!words.subject_readable) give_up(words, std::move(subject.why_unreadable));
    }
  }
  if (!words.readable) return words;
  if (twice) {
    give_up(words, "Content-Type or Content-Transfer-Encoding stands there twice");
  } else if (truncated) {
    give_up(words, "the message is too long");
  } else if (!is_plain_text(content)) {
    read_parts(content, body, limits, words);
    if (!words.readable) words.text.clear();
    if (words.readable) words.raw = body;
  } else if (!is_utf8(body)) {
    give_up(words, "the text holds octets that are not UTF-8");
  } else if (body.size() > limits.text_bytes) {
    give_up(words, "there is too much text");
  } else {
    words.text.reserve(body.size());
    for (std::size_t i = 0; i < body.size(); ++i) {
      if (body[i] != '\r' || i + 1 == body.size() || body[i + 1] != '\n') words.text += body[i];
    }
    show_flowed(content, words);
    if (holds_uuencoded(words.text)) words.unread = kUuencoded;
  }
  LineLimit lines;
  lines.add(body);
  if (lines.exceeded()) words.unread = "a line is longer than mail may have";
  return words;
}

}  // namespace ccgate
