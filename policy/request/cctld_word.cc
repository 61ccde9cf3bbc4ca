#include "policy/request/cctld_word.h"

#include <algorithm>
#include <array>
#include <string>

#include "policy/names/cctld.h"
#include "policy/text/ascii.h"
#include "policy/text/lines.h"
#include "policy/text/text.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

constexpr std::size_t kLongestWord = 63 * 4;   // octets: no label has more characters than 63
constexpr std::size_t kMostWordsOfText = 200;  // looked at in one text

/// Fullwidth letters as those of ASCII.
std::string narrow(std::string_view word) {
  std::string out;
  for (std::size_t pos = 0; pos < word.size();) {
    const char32_t code = next_code_point(word, pos);
    append_utf8(out, code >= 0xFF01 && code <= 0xFF5E ? code - 0xFEE0 : code);
  }
  return out;
}

bool is_plain_label(std::string_view label) noexcept {
  return label.size() <= 63 &&
         std::ranges::all_of(label, [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

}  // namespace

std::optional<Domain> cctld_of(std::string_view word, std::size_t& looked_at) {
  if (word.size() > kLongestWord || looked_at == kMostWordsOfText) return std::nullopt;
  ++looked_at;
  return parse_cctld(narrow(word));
}

bool looks_like_cctld(std::string_view word) noexcept {
  if (!is_ascii(word)) return false;
  return (word.size() == 2 && is_letter(word[0]) && is_letter_or_digit(word[1])) ||
         ascii_iequal(word.substr(0, 4), "xn--");
}

bool is_written_like_a_name(std::string_view word) noexcept {
  return word.size() == 2 && is_letter(word[0]) && !is_small_letter(word[0]) && is_small_letter(word[1]);
}

bool is_and(std::string_view word) {
  constexpr auto kAnd = std::to_array<std::string_view>(
      {"and", "und", "et", "y",  "e",      "en", "i",  "o",  "oraz", "och", "og",  "ja", "a",  "ve",
       "es",  "и",   "та", "と", "および", "和", "与", "與", "及",   "و",   "και", "및", "와", "과"});
  return std::ranges::find(kAnd, fold_letters(word)) != kAnd.end();
}

void add_dotted(std::string_view label, const KnownCcTlds* known, NamedCcTlds& named) {
  if (label.empty() || is_digit(label.front()) || label.find('.') != std::string_view::npos) return;
  auto cctld = cctld_of(label, named.looked_at);
  if (known != nullptr && (!cctld || !known->exists(*cctld))) return;
  if (cctld) {
    named.cctlds.insert(*std::move(cctld));
    return;
  }
  ++named.unknown;
  if (named.first_unknown.empty() && is_plain_label(label)) named.first_unknown = ascii_lower(label);
}

}  // namespace ccgate
