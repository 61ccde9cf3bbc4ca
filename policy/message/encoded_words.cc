#include "policy/message/encoded_words.h"

#include <algorithm>

#include "policy/text/ascii.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

constexpr std::size_t kLongestWord = 75;
constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

bool is_blank_octet(char c) noexcept {
  return c == ' ' || c == '\t';
}

bool is_residue(std::string_view text) noexcept {
  return text.find("=?") != std::string_view::npos || text.find("?=") != std::string_view::npos;
}

bool is_charset_name(std::string_view name) noexcept {
  return !name.empty() && name.size() <= 40 && is_letter_or_digit(name.front()) &&
         std::ranges::all_of(name, [](char c) {
           return is_letter_or_digit(c) || c == '-' || c == '_' || c == '.' || c == ':' || c == '+';
         });
}

/// Whatever is no digit is skipped, bits that are left over are dropped, padding begins a new group.
std::string lenient_base64(std::string_view text) {
  std::string out;
  unsigned bits = 0;
  int have = 0;
  for (const char c : text) {
    const auto digit = kBase64.find(c);
    if (c == '=') have = 0;
    if (digit == std::string_view::npos) continue;
    bits = (bits << 6 | static_cast<unsigned>(digit)) & 0xFFFF;
    have += 6;
    if (have < 8) continue;
    have -= 8;
    out += static_cast<char>(bits >> have & 0xFF);
  }
  return out;
}

/// RFC 4648 3.5: one text for one sequence of octets.
bool is_canonical_base64(std::string_view text) {
  if (text.empty() || text.size() % 4 != 0) return false;
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  const std::string_view digits = text.substr(0, text.size() - padding);
  if (digits.find_first_not_of(kBase64) != std::string_view::npos) return false;
  const auto last = kBase64.find(digits.back());
  return padding == 0 || (padding == 1 ? last % 4 == 0 : last % 16 == 0);
}

std::string lenient_q(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text.size() - i > 2 ? hex_value(text[i + 1]) : -1;
    const int low = text.size() - i > 2 ? hex_value(text[i + 2]) : -1;
    if (text[i] == '=' && high >= 0 && low >= 0) {
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += text[i] == '_' ? ' ' : text[i];
    }
  }
  return out;
}

bool is_plain_q(std::string_view text) noexcept {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_visible_ascii(text[i]) || text[i] == '?') return false;
    if (text[i] != '=') continue;
    if (text.size() - i <= 2 || hex_value(text[i + 1]) < 0 || hex_value(text[i + 2]) < 0) return false;
    i += 2;
  }
  return !text.empty();
}

/// What the octets of a word say is text: no control character but those that its charset needs.
bool is_text(std::string_view octets, std::string_view charset) noexcept {
  const bool escapes = charset.starts_with("iso-2022-");
  return std::ranges::none_of(octets, [&](char c) {
    const auto octet = static_cast<unsigned char>(c);
    return octet == 0x7F || (octet < 0x20 && !(escapes && octet == 0x1B));
  });
}

/// `charset?encoding?` at the start of what stands behind `=?`.
struct WordMarks {
  std::string_view charset;
  bool base64;
  std::size_t size;
};

std::optional<WordMarks> word_marks(std::string_view inside) {
  const auto first = inside.find('?');
  if (first == std::string_view::npos || inside.size() - first < 3 || inside[first + 2] != '?')
    return std::nullopt;
  const char encoding = inside[first + 1];
  if (std::string_view("bBqQ").find(encoding) == std::string_view::npos) return std::nullopt;
  return WordMarks{inside.substr(0, first), encoding == 'b' || encoding == 'B', first + 3};
}

std::optional<FieldPiece> plain_word(std::string_view token) {
  if (token.size() > kLongestWord || token.size() < 4 || !token.starts_with("=?") || !token.ends_with("?="))
    return std::nullopt;
  const std::string_view inside = token.substr(2, token.size() - 4);
  const auto marks = word_marks(inside);
  if (!marks || !is_charset_name(marks->charset)) return std::nullopt;
  const std::string_view text = inside.substr(marks->size);
  if (marks->base64 ? !is_canonical_base64(text) : !is_plain_q(text)) return std::nullopt;
  FieldPiece piece{marks->base64 ? lenient_base64(text) : lenient_q(text), ascii_lower(marks->charset), true};
  if (!is_text(piece.octets, piece.charset) || is_residue(piece.octets)) return std::nullopt;
  return piece;
}

/// Words side by side must not make up what none of them is.
bool is_residue_when_joined(const std::vector<FieldPiece>& pieces) {
  std::string joined;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const bool between = !pieces[i].encoded && i > 0 && i + 1 < pieces.size() && pieces[i - 1].encoded &&
                         pieces[i + 1].encoded &&
                         pieces[i].octets.find_first_not_of(" \t") == std::string::npos;
    if (!between) joined += pieces[i].octets;
  }
  return is_residue(joined);
}

}  // namespace

std::optional<std::vector<FieldPiece>> plain_field_pieces(std::string_view value) {
  std::vector<FieldPiece> pieces;
  const auto literal = [&](std::string_view text) {
    if (pieces.empty() || pieces.back().encoded) pieces.emplace_back();
    pieces.back().octets += text;
  };
  for (std::size_t at = 0; at < value.size();) {
    const bool blank = is_blank_octet(value[at]);
    std::size_t end = at;
    while (end < value.size() && is_blank_octet(value[end]) == blank) ++end;
    const std::string_view token = value.substr(at, end - at);
    at = end;
    if (!is_residue(token)) {
      literal(token);
      continue;
    }
    auto word = plain_word(token);
    if (!word) return std::nullopt;
    pieces.push_back(*std::move(word));
  }
  if (is_residue_when_joined(pieces)) return std::nullopt;
  return pieces;
}

std::vector<FieldPiece> lenient_field_pieces(std::string_view value) {
  std::vector<FieldPiece> pieces;
  std::size_t start = 0;  // of the literal text that is not taken yet
  const auto literal = [&](std::size_t end, bool before_word) {
    const std::string_view text = value.substr(start, end - start);
    const bool between = before_word && !pieces.empty() && text.find_first_not_of(" \t") == std::string::npos;
    if (!text.empty() && !between) pieces.push_back({std::string(text), "", false});
  };
  std::size_t at = value.find("=?");
  while (at != std::string_view::npos) {
    const auto marks = word_marks(value.substr(at + 2));
    if (!marks) {
      at = value.find("=?", at + 2);
      continue;
    }
    const std::size_t text = at + 2 + marks->size;
    const auto end = value.find("?=", text);
    if (end == std::string_view::npos) break;
    literal(at, true);
    const std::string_view word = value.substr(text, end - text);
    pieces.push_back({marks->base64 ? lenient_base64(word) : lenient_q(word),
                      ascii_lower(marks->charset.substr(0, marks->charset.find('*'))), true});
    start = end + 2;
    at = value.find("=?", start);
  }
  literal(value.size(), false);
  return pieces;
}

}  // namespace ccgate
