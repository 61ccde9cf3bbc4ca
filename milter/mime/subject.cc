#include "milter/mime/subject.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "milter/mime/charset.h"
#include "policy/message/encoded_words.h"
#include "policy/message/message.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

/// Words side by side in one charset count as one, since many programs cut characters. nullopt where the
/// octets are none of their charset: one list manager would guess this, another that.
std::optional<std::string> decoded(const std::vector<FieldPiece>& pieces, CharsetReader& reader) {
  std::string text;
  for (std::size_t at = 0; at < pieces.size();) {
    if (!pieces[at].encoded) {
      text += pieces[at++].octets;
      continue;
    }
    const std::string& charset = pieces[at].charset;
    std::string run;
    for (; at < pieces.size() && pieces[at].encoded && pieces[at].charset == charset; ++at)
      run += pieces[at].octets;
    const auto read = reader.to_utf8(run, charset);
    if (!read) return std::nullopt;
    text += *read;
  }
  return text;
}

bool has_unknown_charset(const std::vector<FieldPiece>& pieces, CharsetReader& reader) {
  return std::ranges::any_of(pieces, [&](const FieldPiece& piece) {
    return piece.encoded && (piece.charset.empty() || !reader.knows(piece.charset));
  });
}

}  // namespace

Subject read_subject(std::string_view value) {
  Subject subject{unfold(value), ""};
  if (!is_utf8(subject.text)) {
    subject.why_unreadable = "the Subject holds octets that are not UTF-8";
    return subject;
  }
  if (subject.text.find("=?") == std::string::npos) return subject;
  const std::vector<FieldPiece> pieces = lenient_field_pieces(subject.text);
  CharsetReader reader;
  if (has_unknown_charset(pieces, reader)) {
    subject.why_unreadable = "the Subject is in a charset that is not known here";
    return subject;
  }
  auto text = decoded(pieces, reader);
  if (!text) {
    subject.why_unreadable = "the Subject does not decode";
    return subject;
  }
  std::ranges::replace_if(
      *text, [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
  subject.text = *std::move(text);
  return subject;
}

}  // namespace ccgate
