#include "policy/message/html_reference.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "policy/text/ascii.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

constexpr auto kEntities = std::to_array<std::pair<std::string_view, char32_t>>({
    {"amp", U'&'},      {"lt", U'<'},      {"gt", U'>'},       {"quot", U'"'},    {"apos", U'\''},
    {"nbsp", 0xA0},     {"shy", 0xAD},     {"copy", 0xA9},     {"reg", 0xAE},     {"laquo", 0xAB},
    {"raquo", 0xBB},    {"ndash", 0x2013}, {"mdash", 0x2014},  {"lsquo", 0x2018}, {"rsquo", 0x2019},
    {"sbquo", 0x201A},  {"ldquo", 0x201C}, {"rdquo", 0x201D},  {"bdquo", 0x201E}, {"bull", 0x2022},
    {"hellip", 0x2026}, {"euro", 0x20AC},  {"ensp", 0x2002},   {"emsp", 0x2003},  {"thinsp", 0x2009},
    {"zwnj", 0x200C},   {"zwj", 0x200D},   {"lrm", 0x200E},    {"rlm", 0x200F},   {"colon", U':'},
    {"commat", U'@'},   {"period", U'.'},  {"comma", U','},    {"plus", U'+'},    {"semi", U';'},
    {"sol", U'/'},      {"lowbar", U'_'},  {"num", U'#'},      {"equals", U'='},  {"excl", U'!'},
    {"lpar", U'('},     {"rpar", U')'},    {"hyphen", 0x2010}, {"dash", 0x2010},  {"NewLine", U'\n'},
    {"Tab", U'\t'},     {"Agrave", 0xC0},  {"Aacute", 0xC1},   {"Acirc", 0xC2},   {"Atilde", 0xC3},
    {"Auml", 0xC4},     {"Aring", 0xC5},   {"AElig", 0xC6},    {"Ccedil", 0xC7},  {"Egrave", 0xC8},
    {"Eacute", 0xC9},   {"Ecirc", 0xCA},   {"Euml", 0xCB},     {"Igrave", 0xCC},  {"Iacute", 0xCD},
    {"Icirc", 0xCE},    {"Iuml", 0xCF},    {"Ntilde", 0xD1},   {"Ograve", 0xD2},  {"Oacute", 0xD3},
    {"Ocirc", 0xD4},    {"Otilde", 0xD5},  {"Ouml", 0xD6},     {"Oslash", 0xD8},  {"Ugrave", 0xD9},
    {"Uacute", 0xDA},   {"Ucirc", 0xDB},   {"Uuml", 0xDC},     {"szlig", 0xDF},   {"agrave", 0xE0},
    {"aacute", 0xE1},   {"acirc", 0xE2},   {"atilde", 0xE3},   {"auml", 0xE4},    {"aring", 0xE5},
    {"aelig", 0xE6},    {"ccedil", 0xE7},  {"egrave", 0xE8},   {"eacute", 0xE9},  {"ecirc", 0xEA},
    {"euml", 0xEB},     {"igrave", 0xEC},  {"iacute", 0xED},   {"icirc", 0xEE},   {"iuml", 0xEF},
    {"ntilde", 0xF1},   {"ograve", 0xF2},  {"oacute", 0xF3},   {"ocirc", 0xF4},   {"otilde", 0xF5},
    {"ouml", 0xF6},     {"oslash", 0xF8},  {"ugrave", 0xF9},   {"uacute", 0xFA},  {"ucirc", 0xFB},
    {"uuml", 0xFC},     {"yacute", 0xFD},  {"yuml", 0xFF},     {"OElig", 0x152},  {"oelig", 0x153},
    {"Scaron", 0x160},  {"scaron", 0x161},
});

/// The number behind `&#`, or nullopt; `pos` moves behind its digits. Numbers no character has become U+FFFD.
std::optional<char32_t> numeric_reference(std::string_view html, std::size_t& pos) noexcept {
  const bool hex = pos < html.size() && (html[pos] == 'x' || html[pos] == 'X');
  if (hex) ++pos;
  const std::size_t start = pos;
  std::uint32_t code = 0;
  for (; pos < html.size(); ++pos) {
    const std::uint32_t base = hex ? 16 : 10;
    if (hex ? !is_hex_digit(html[pos]) : !is_digit(html[pos])) break;
    const auto digit = static_cast<std::uint32_t>(hex_value(html[pos]));
    code = std::min<std::uint32_t>(code * base + digit, 0x110000);  // beyond Unicode stays beyond
  }
  if (pos == start) return std::nullopt;
  return code == 0 ? char32_t{0xFFFD} : char32_t{code};
}

}  // namespace

std::optional<char32_t> html_reference(std::string_view html, std::size_t& pos) {
  std::size_t end = pos + 1;
  std::optional<char32_t> code;
  if (end < html.size() && html[end] == '#') {
    code = numeric_reference(html, ++end);
  } else {
    constexpr std::size_t kLongestName = 10;
    const std::size_t start = end;
    while (end < html.size() && end - start < kLongestName && is_letter(html[end])) ++end;
    const std::string_view name = html.substr(start, end - start);
    const auto* const found =
        std::ranges::find(kEntities, name, &std::pair<std::string_view, char32_t>::first);
    if (found != kEntities.end()) code = found->second;
  }
  if (!code) return std::nullopt;
  if (end < html.size() && html[end] == ';') ++end;
  pos = end;
  return code;
}

std::string decode_html_references(std::string_view value) {
  std::string out;
  for (std::size_t pos = 0; pos < value.size();) {
    if (value[pos] == '&') {
      if (const auto code = html_reference(value, pos)) {
        append_utf8(out, *code);
        continue;
      }
    }
    out += value[pos++];
  }
  return out;
}

}  // namespace ccgate
