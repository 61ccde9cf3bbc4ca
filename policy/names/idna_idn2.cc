#include <idn2.h>

#include <memory>

#include "policy/names/idna.h"
#include "policy/text/text.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

struct Idn2Free {
  void operator()(char* text) const noexcept { idn2_free(text); }
};
using Idn2Text = std::unique_ptr<char, Idn2Free>;

/// What the library says of `label`, and the A-label when it is one. With the mapping of UTS 46 (`map`) for
/// letter case, or as it stands (RFC 5891 5). Never IDN2_NFC_INPUT: it would mend the normal form in silence.
int encode(const std::string& label, bool map, std::string& into) {
  char* raw = nullptr;
  const int status = idn2_to_ascii_8z(label.c_str(), &raw, map ? IDN2_NONTRANSITIONAL : IDN2_NO_TR46);
  const Idn2Text text(raw);
  if (status == IDN2_OK) into = text.get();
  return status;
}

std::optional<std::string> encode(const std::string& label, bool map) {
  std::string encoded;
  if (encode(label, map, encoded) != IDN2_OK) return std::nullopt;
  return encoded;
}

std::optional<std::string> decode(const std::string& label) {
  char* raw = nullptr;
  const int status = idn2_to_unicode_8z8z(label.c_str(), &raw, IDN2_NO_TR46);
  const Idn2Text text(raw);
  if (status != IDN2_OK) return std::nullopt;
  return text.get();
}

/// The first character of valid UTF-8, taken off its front.
std::string_view take_character(std::string_view& text) {
  std::size_t size = 1;
  while (size < text.size() && !begins_code_point(text[size])) ++size;
  const std::string_view character = text.substr(0, size);
  text.remove_prefix(size);
  return character;
}

/// True when `mapped` has, character by character, what each character of `written` becomes by itself. Two
/// texts of equal length prove nothing: one character may be dropped where another becomes two.
bool differs_in_case_only(std::string_view written, std::string_view mapped) {
  while (!written.empty() && !mapped.empty()) {
    const std::string_view from = take_character(written);
    const std::string_view to = take_character(mapped);
    if (from == to || ascii_iequal(from, to)) continue;
    if (to.size() == 1) return false;
    const auto alone = encode(std::string(from), true);
    if (!alone || idna_decode(*alone) != to) return false;
  }
  return written.empty() && mapped.empty();
}

}  // namespace

std::optional<std::string> idna_encode(std::string_view label) {
  if (label.empty() || label.size() > 250 || !is_utf8(label)) return std::nullopt;
  for (const char c : label)
    if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7f || c == '.') return std::nullopt;
  const std::string text(label);
  if (auto encoded = encode(text, false)) return encoded;
  // The mapping comes second, for capitals only: it also drops characters that nobody sees and folds others
  // together, so that names which look different, or are written differently, would be the same.
  if (!is_nfc(text)) return std::nullopt;
  auto mapped = encode(text, true);
  if (!mapped) return std::nullopt;
  const auto back = idna_decode(*mapped);
  if (!back || !differs_in_case_only(text, *back)) return std::nullopt;
  return mapped;
}

std::optional<std::string> idna_decode(std::string_view label) {
  if (!label.starts_with("xn--") || label.size() > 63) return std::nullopt;
  const std::string text(label);
  auto decoded = decode(text);
  if (!decoded) return std::nullopt;
  const auto again = encode(*decoded, false);
  if (!again || *again != text) return std::nullopt;
  return decoded;
}

bool is_nfc(std::string_view text) {
  if (text.size() > 128 || text.find('\0') != std::string_view::npos || !is_utf8(text)) return false;
  // The normal form is the first thing that the library looks at in a label, before its characters.
  std::string encoded;
  return encode(std::string(text), false, encoded) != IDN2_NOT_NFC;
}

}  // namespace ccgate
