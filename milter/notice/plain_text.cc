#include "milter/notice/plain_text.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "policy/text/ascii.h"
#include "policy/text/characters.h"
#include "policy/text/lines.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

bool is_hidden(char32_t code) {
  return is_control(code) || (is_invisible(code) && !is_joiner(code));
}

std::u32string cleaned(std::string_view text) {
  std::u32string points;
  bool blank = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t code = read_code_point(text, at).value_or(U'?');
    if (is_blank(code)) {
      blank = true;
      continue;
    }
    if (is_hidden(code)) continue;
    if (blank && !points.empty()) points.push_back(U' ');
    blank = false;
    points.push_back(code);
  }
  return points;
}

/// The kept points of `points`, and whether some were left out.
bool shorten(std::u32string& points, std::size_t longest) {
  if (points.size() <= longest) return false;
  points.resize(longest - std::min<std::size_t>(longest, 3));
  return true;
}

/// Blocks of Unicode that hold scripts. Those of punctuation and symbols, and of what is compatible with
/// them, are left out: programs that normalize take some of it for `.`, `:`, `@` or `/` (UTS 46, NFKC).
bool is_script(char32_t code) {
  struct Range {
    char32_t first, last;
  };
  static constexpr auto kScripts = std::to_array<Range>({
      {0xAA, 0xAA},       {0xB7, 0xB7},     {0xBA, 0xBA},     {0xC0, 0x1FFF},   {0x200C, 0x200D},
      {0x2010, 0x2015},   {0x2018, 0x2019}, {0x2C00, 0x2DFF}, {0x3005, 0x3007}, {0x3040, 0x318F},
      {0x31A0, 0x31BF},   {0x31F0, 0x31FF}, {0x3400, 0xD7FF}, {0xF900, 0xFDFF}, {0xFE70, 0xFEFC},
      {0xFF10, 0xFF19},   {0xFF21, 0xFF3A}, {0xFF41, 0xFF5A}, {0xFF66, 0xFFDC}, {0x10000, 0x1EFFF},
      {0x20000, 0x3FFFF},
  });
  return std::any_of(kScripts.begin(), kScripts.end(),
                     [code](const Range& range) { return code >= range.first && code <= range.last; });
}

bool one_of(std::u32string_view set, char32_t code) {
  return set.find(code) != std::u32string_view::npos;
}

/// Nothing begins, continues or ends a link with these alone.
bool is_harmless(char32_t code) {
  const bool word = code < 0x80 && is_letter_or_digit(static_cast<char>(code));
  return word || one_of(U" -'+_=,()&;!?\"*#%$~^", code) || (code >= 0x80 && is_script(code));
}

/// `5.1.1` (RFC 3463 2).
bool is_status_code(std::string_view text) {
  std::array<std::size_t, 3> digits{};
  std::size_t part = 0;
  for (const char c : text) {
    if (c == '.' && part < 2 && digits[part] > 0)
      ++part;
    else if (is_digit(c) && digits[part] < 3)
      ++digits[part];
    else
      return false;
  }
  return part == 2 && digits[0] == 1 && digits[2] > 0 && one_of(U"245", static_cast<char32_t>(text.front()));
}

}  // namespace

std::string clean_value(std::string_view text, std::size_t longest) {
  std::u32string points = cleaned(text);
  const bool cut = shorten(points, longest);
  std::string out;
  for (const char32_t code : points) append_utf8(out, code);
  return cut ? out + "..." : out;
}

std::string plain_words(std::string_view text, std::size_t longest) {
  std::u32string points = cleaned(text);
  const bool cut = shorten(points, longest);
  std::string out;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const char32_t code = points[i];
    // What was cut off goes on behind the last one.
    const bool last = i + 1 == points.size() ? !cut : points[i + 1] == U' ';
    if (is_harmless(code) || (one_of(U".:", code) && last)) {
      append_utf8(out, code);
    } else if (one_of(U".:@/", code)) {
      out += '[';
      append_utf8(out, code);
      out += ']';
    } else {
      out += ' ';
    }
  }
  out = clean_value(out, std::string::npos);  // what became of others may have made blanks two
  return cut ? out + "..." : out;
}

std::string plain_sentence(std::string_view text, std::size_t longest) {
  std::string out;
  for (const std::string_view word : split_words(text)) {
    std::string_view core = word;
    if (core.starts_with('(')) core.remove_prefix(1);
    core = core.substr(0, core.find_last_not_of(",;.)") + 1);
    out += out.empty() ? "" : " ";
    out += is_ip_address(core) || is_status_code(core) ? std::string(word) : plain_words(word, longest);
  }
  return clean_value(out, longest);
}

bool is_ip_address(std::string_view text) {
  const std::string address(text);
  std::array<unsigned char, sizeof(in6_addr)> octets{};
  return inet_pton(AF_INET, address.c_str(), octets.data()) == 1 ||
         inet_pton(AF_INET6, address.c_str(), octets.data()) == 1;
}

}  // namespace ccgate
