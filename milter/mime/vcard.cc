#include "milter/mime/vcard.h"

#include <algorithm>
#include <array>

#include "policy/text/ascii.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

constexpr auto kTold = std::to_array<std::string_view>(
    {"fn", "n", "nickname", "org", "title", "role", "adr", "label", "email", "url"});
constexpr auto kOfPrograms = std::to_array<std::string_view>(
    {"begin", "end", "version", "prodid", "rev", "uid", "kind", "x-mozilla-html"});

std::string unfolded(std::string_view source) {
  std::string out;
  for (std::size_t i = 0; i < source.size(); ++i) {
    if (source[i] == '\r') continue;
    const bool fold =
        source[i] == '\n' && i + 1 < source.size() && (source[i + 1] == ' ' || source[i + 1] == '\t');
    if (fold) {
      ++i;
    } else {
      out += source[i];
    }
  }
  return out;
}

/// Marks at its start could change what the line is.
std::string plain_value(std::string_view value) {
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] == '\\' && i + 1 < value.size()) {
      ++i;
      out += value[i] == 'n' || value[i] == 'N' ? ' ' : value[i];
    } else {
      out += value[i] == ';' ? ' ' : value[i];
    }
  }
  const auto begin = std::ranges::find_if(out, [](char c) { return is_letter_or_digit(c) || !is_ascii(c); });
  out.erase(out.begin(), begin);
  return out;
}

bool is_number(std::string_view value) {
  if (ascii_iequal(value.substr(0, 4), "tel:")) value.remove_prefix(4);
  return value.find_first_not_of("0123456789+-()./ ") == std::string_view::npos;
}

void read_property(std::string_view line, VcardText& card) {
  if (trim(line).empty()) return;
  const std::size_t colon = line.find(':');
  std::string name = ascii_lower(line.substr(0, std::min(line.find_first_of(";:"), line.size())));
  if (const auto group = name.find('.'); group != std::string::npos) name.erase(0, group + 1);
  const std::string_view value = colon == std::string_view::npos ? line : line.substr(colon + 1);
  if (std::ranges::find(kOfPrograms, name) != kOfPrograms.end() ||
      (name == "tel" && is_number(trim(value)))) {
    constexpr std::size_t kLongest = 200;
    card.whole &= value.find('@') == std::string_view::npos && value.size() <= kLongest;
    return;
  }
  const std::string params = ascii_lower(line.substr(0, std::min(colon, line.size())));
  const bool told = colon == std::string_view::npos || std::ranges::find(kTold, name) != kTold.end();
  card.whole &= told && params.find("encoding") == std::string::npos;
  card.text += plain_value(value) + '\n';
}

}  // namespace

VcardText vcard_text(std::string_view source) {
  VcardText card;
  const std::string text = unfolded(source);
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    read_property(rest.substr(0, end), card);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return card;
}

}  // namespace ccgate
