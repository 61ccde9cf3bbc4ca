#include "policy/evidence/spf_macro.h"

#include <algorithm>
#include <vector>

#include "policy/text/ascii.h"

namespace ccgate {
namespace {

constexpr std::size_t kMaxExpandedName = 253;
constexpr std::string_view kHexDigits = "0123456789abcdef";

/// `%{...}`, `%%`, `%_` or `%-`, or a literal octet.
struct Piece {
  char letter = '\0';  ///< as written; NUL: `text` is meant
  std::string_view text;
  std::size_t keep = 0;  ///< so many parts from the right; 0: all
  bool reverse = false;
  std::string_view delimiters;
};

/// Takes the first one off `spec`, which obeys the ABNF.
Piece next_piece(std::string_view& spec) {
  const auto literal = [&spec](std::size_t octets, std::string_view text) {
    spec.remove_prefix(std::min(octets, spec.size()));
    return Piece{'\0', text, 0, false, {}};
  };
  if (spec.front() != '%' || spec.size() < 2) return literal(1, spec.substr(0, 1));
  if (spec[1] == '%') return literal(2, "%");
  if (spec[1] == '_') return literal(2, " ");
  if (spec[1] == '-') return literal(2, "%20");
  const std::size_t end = std::min(spec.find('}'), spec.size());
  std::string_view inside = spec.substr(2, end - 2);
  spec.remove_prefix(std::min(end + 1, spec.size()));
  if (inside.empty()) return {};
  Piece piece{inside.front(), {}, 0, false, {}};
  inside.remove_prefix(1);
  while (!inside.empty() && is_digit(inside.front())) {
    // No name has as many labels.
    piece.keep =
        std::min<std::size_t>(piece.keep * 10 + static_cast<std::size_t>(inside.front() - '0'), 9999);
    inside.remove_prefix(1);
  }
  piece.reverse = !inside.empty() && (inside.front() == 'r' || inside.front() == 'R');
  if (piece.reverse) inside.remove_prefix(1);
  piece.delimiters = inside.empty() ? "." : inside;
  return piece;
}

char small_letter(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string address_text(std::string_view octets) {
  std::string text;
  for (const char c : octets) {
    const auto octet = static_cast<unsigned char>(c);
    if (!text.empty()) text += '.';
    if (octets.size() == 4) {
      text += std::to_string(octet);
    } else {
      text += kHexDigits[octet >> 4];
      text += '.';
      text += kHexDigits[octet & 0xf];
    }
  }
  return text;
}

std::string value_of(char letter, const SpfMacroValues& values) {
  switch (letter) {
    case 's':
      return std::string(values.local) + "@" + std::string(values.sender_domain);
    case 'l':
      return std::string(values.local);
    case 'o':
      return std::string(values.sender_domain);
    case 'd':
      return std::string(values.current_domain);
    case 'i':
      return address_text(values.address);
    case 'p':
      return std::string(values.validated);
    case 'v':
      return values.address.size() == 4 ? "in-addr" : "ip6";
    case 'h':
      return std::string(values.helo);
    default:
      return "";
  }
}

/// Split, turned around, cut down to the last parts, joined by dots (7.3).
std::string transformed(std::string_view value, const Piece& piece) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at <= value.size();) {
    const std::size_t end = std::min(value.find_first_of(piece.delimiters, at), value.size());
    parts.push_back(value.substr(at, end - at));
    at = end + 1;
  }
  if (piece.reverse) std::reverse(parts.begin(), parts.end());
  const std::size_t first = piece.keep == 0 || piece.keep > parts.size() ? 0 : parts.size() - piece.keep;
  std::string text;
  for (std::size_t i = first; i < parts.size(); ++i) {
    if (i != first) text += '.';
    text += parts[i];
  }
  return text;
}

/// For a letter in upper case: all but what is unreserved in a URI (RFC 3986 2.3).
std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    if (is_letter_or_digit(c) || std::string_view("-._~").find(c) != std::string_view::npos) {
      encoded += c;
      continue;
    }
    constexpr std::string_view kUpperHex = "0123456789ABCDEF";
    const auto octet = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += kUpperHex[octet >> 4];
    encoded += kUpperHex[octet & 0xf];
  }
  return encoded;
}

}  // namespace

bool uses_macro(std::string_view domain_spec, std::string_view letters) {
  while (!domain_spec.empty()) {
    const char letter = small_letter(next_piece(domain_spec).letter);
    if (letter != '\0' && letters.find(letter) != std::string_view::npos) return true;
  }
  return false;
}

std::string expand_macros(std::string_view domain_spec, const SpfMacroValues& values) {
  std::string name;
  while (!domain_spec.empty()) {
    const Piece piece = next_piece(domain_spec);
    if (piece.letter == '\0') {
      name += piece.text;
      continue;
    }
    const std::string text = transformed(value_of(small_letter(piece.letter), values), piece);
    name += piece.letter == small_letter(piece.letter) ? text : percent_encoded(text);
  }
  if (name.ends_with('.')) name.pop_back();
  if (name.size() <= kMaxExpandedName) return name;
  const std::size_t dot = name.find('.', name.size() - kMaxExpandedName - 1);
  return dot == std::string::npos ? name : name.substr(dot + 1);
}

}  // namespace ccgate
