// milter/mime/mime.cc: the Subject, plain texts without a MIME parser, and what makes a text unreadable.
#include "milter/mime/mime.h"

#include <algorithm>
#include <utility>

#include "milter/mime/charset.h"
#include "milter/mime/content_type.h"
#include "milter/mime/mime_parts.h"
#include "milter/mime/transfer_encoding.h"
#include "policy/text.h"

namespace ccgate {
namespace {

void give_up(Words& words, std::string why) {
  words.readable = false;
  words.text.clear();
  if (words.why_unreadable.empty()) words.why_unreadable = std::move(why);
}

std::string without_line_ends(std::string_view value) {
  std::string out;
  std::ranges::copy_if(trim(value), std::back_inserter(out), [](char c) { return c != '\r' && c != '\n'; });
  return out;
}

/// False when a charset in `=?charset?` is none that we read. The look-alikes of encoded words are none.
bool charsets_known(std::string_view text) {
  for (auto at = text.find("=?"); at != std::string_view::npos; at = text.find("=?", at + 2)) {
    const std::string_view rest = text.substr(at + 2);
    const auto end = rest.find_first_of("? \t");
    if (end == std::string_view::npos || rest[end] != '?') continue;
    const std::string_view charset =
        rest.substr(0, std::min(end, rest.find('*')));  // RFC 2231 5: `*language`
    if (charset.empty() || !is_known_charset(charset)) return false;
  }
  return true;
}

std::string base64_octets(std::string_view text) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  unsigned bits = 0;
  int have = 0;
  for (const char c : text) {
    const auto digit = kDigits.find(c);
    if (digit == std::string_view::npos) continue;
    bits = (bits << 6 | static_cast<unsigned>(digit)) & 0xFFFF;
    have += 6;
    if (have < 8) continue;
    have -= 8;
    out += static_cast<char>(bits >> have & 0xFF);
  }
  return out;
}

std::string q_octets(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const std::string folded = ascii_lower(text);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto high = text.size() - i > 2 ? kDigits.find(folded[i + 1]) : std::string_view::npos;
    const auto low = text.size() - i > 2 ? kDigits.find(folded[i + 2]) : std::string_view::npos;
    const bool octet = text[i] == '=' && high != std::string_view::npos && low != std::string_view::npos;
    out += octet ? static_cast<char>(high * 16 + low) : text[i];
    if (octet) i += 2;
  }
  return out;
}

/// False when the octets of an encoded word are none of its charset: the library would guess another one,
/// and a list manager may guess otherwise. Words side by side count as one: many programs cut characters.
bool octets_fit(std::string_view text) {
  std::string run;
  std::string charset;
  for (auto at = text.find("=?"); at != std::string_view::npos; at = text.find("=?", at)) {
    const auto encoding = text.find('?', at + 2);
    if (encoding == std::string_view::npos) break;
    const auto start = encoding + 3;
    if (start > text.size() || text[start - 1] != '?') {
      at += 2;
      continue;
    }
    const auto end = text.find("?=", start);
    if (end == std::string_view::npos) break;
    const std::string_view name = text.substr(at + 2, encoding - at - 2);
    const std::string own = ascii_lower(name.substr(0, name.find('*')));
    if (own != charset) {
      if (!to_utf8(run, charset)) return false;
      run.clear();
      charset = own;
    }
    const std::string_view word = text.substr(start, end - start);
    run += ascii_lower(text.substr(encoding + 1, 1)) == "b" ? base64_octets(word) : q_octets(word);
    at = end + 2;
  }
  return to_utf8(run, charset).has_value();
}

/// An undecodable Subject is kept as it stands, since some list manager may take it so.
void read_subject(std::string_view value, Words& words) {
  words.subject = without_line_ends(value);
  if (!is_utf8(words.subject)) {
    words.subject_readable = false;
    give_up(words, "the Subject holds octets that are not UTF-8");
    return;
  }
  if (words.subject.find("=?") == std::string::npos) return;
  if (!charsets_known(words.subject)) {
    words.subject_readable = false;
    give_up(words, "the Subject is in a charset that is not known here");
    return;
  }
  std::string decoded = decode_encoded_words(words.subject);
  if (!is_utf8(decoded) || !octets_fit(words.subject)) {
    words.subject_readable = false;
    give_up(words, "the Subject does not decode");
    return;
  }
  std::ranges::replace_if(
      decoded, [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
  words.subject = std::move(decoded);
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
    if (ascii_iequal(field.name, "subject") && !std::exchange(subject_seen, true))
      read_subject(field.value, words);
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
  }
  return words;
}

}  // namespace ccgate
