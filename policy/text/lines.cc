// policy/text/lines.cc: lines, words and letters.
#include "policy/text/lines.h"

#include <algorithm>
#include <array>

#include "policy/text/ascii.h"
#include "policy/text/characters.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

// Base letters of U+00C0..U+00FF; the two signs among them stay signs.
constexpr std::string_view kLatin1 = "aaaaaaaceeeeiiiidnooooo*ouuuuypsaaaaaaaceeeeiiiidnooooo/ouuuuypy";
// Base letters of U+0100..U+017F.
constexpr std::string_view kLatinExtendedA =
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrsssssssstttttt"
    "uuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(kLatin1.size() == 0x40 && kLatinExtendedA.size() == 0x80);

char32_t fold(char32_t code) noexcept {
  if (code >= 0xFF01 && code <= 0xFF5E) code -= 0xFEE0;  // fullwidth forms
  if (code >= 'A' && code <= 'Z') return code + 0x20;
  if (code < 0x80) return is_blank(code) ? U' ' : code;
  if (code >= 0xC0 && code <= 0xFF) return static_cast<unsigned char>(kLatin1[code - 0xC0]);
  if (code >= 0x100 && code <= 0x17F) return static_cast<unsigned char>(kLatinExtendedA[code - 0x100]);
  if (code >= 0x391 && code <= 0x3A9) return code + 0x20;  // Greek
  if (code >= 0x410 && code <= 0x42F) return code + 0x20;  // Cyrillic
  constexpr std::u32string_view kGreekAccented = U"άέήίόύώ";
  constexpr std::u32string_view kGreekPlain = U"αεηιουω";
  if (const auto at = kGreekAccented.find(code); at != std::u32string_view::npos) return kGreekPlain[at];
  if (code == 0x401 || code == 0x451) return 0x435;  // io reads as ie
  if (code >= 0x400 && code <= 0x40F) return code + 0x50;
  if (code >= 0x2010 && code <= 0x2015) return U'-';
  return is_blank(code) ? U' ' : code;
}

// Names of the reply and forward marks that mail programs put before `:` in a Subject, folded.
constexpr auto kReplyMarks = std::to_array<std::string_view>(
    {"re",     "fw",   "fwd",  "aw",   "wg",   "antw", "antwort", "sv",   "vs",  "vb",
     "doorst", "tr",   "ref",  "rv",   "enc",  "res",  "rif",     "odp",  "pd",  "ynt",
     "ilt",    "vl",   "fs",   "bls",  "trs",  "va",   "r",       "i",    "отв", "回复",
     "答复",   "回覆", "转发", "轉寄", "返信", "転送", "رد",      "회신", "전달"});

// The octet after `mark:` at the start of `line`, or 0 when there is none. `Re[2]:`, `Re(2):` and `Re^2:`
// count.
std::size_t after_reply_mark(std::string_view line) {
  constexpr std::size_t kLongest = 24;
  const std::string_view head = line.substr(0, kLongest);
  std::size_t colon = head.find(':');
  std::size_t after = colon + 1;
  if (const auto wide = head.find("："); wide < colon) {
    colon = wide;
    after = wide + 3;
  }
  if (colon == std::string_view::npos) return 0;
  std::string mark = fold_letters(head.substr(0, colon));
  mark.erase(std::min(mark.find_first_of("[(^ "), mark.size()));
  return std::ranges::find(kReplyMarks, mark) == kReplyMarks.end() ? 0 : after;
}

// The octet after `[tag]` at the start of `line`, or 0.
std::size_t after_tag(std::string_view line) noexcept {
  constexpr std::size_t kLongest = 80;
  if (!line.starts_with('[')) return 0;
  const auto end = line.substr(0, kLongest).find(']');
  return end == std::string_view::npos ? 0 : end + 1;
}

}  // namespace

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  std::size_t start = 0;
  for (std::size_t pos = 0; pos < text.size();) {
    const std::size_t at = pos;
    if (!is_line_end(next_code_point(text, pos))) continue;
    if (at > start) lines.push_back(text.substr(start, at - start));
    start = pos;
  }
  if (start < text.size()) lines.push_back(text.substr(start));
  return lines;
}

std::vector<std::string_view> split_words(std::string_view line) {
  std::vector<std::string_view> words;
  std::size_t start = 0;
  for (std::size_t pos = 0; pos < line.size();) {
    const std::size_t at = pos;
    if (!is_blank(next_code_point(line, pos))) continue;
    if (at > start) words.push_back(line.substr(start, at - start));
    start = pos;
  }
  if (start < line.size()) words.push_back(line.substr(start));
  return words;
}

std::string_view strip_quote_marks(std::string_view line) noexcept {
  std::size_t pos = 0;
  while (pos < line.size()) {
    std::size_t next = pos;
    const char32_t code = next_code_point(line, next);
    const bool mark = code == '>' || code == '|' || code == 0xBB || code == 0xFF1E;
    if (!mark && !is_blank(code) && !is_invisible(code)) break;
    pos = next;
  }
  return line.substr(pos);
}

std::string_view strip_reply_prefixes(std::string_view line) {
  for (;;) {
    line = strip_quote_marks(line);
    std::size_t after = after_tag(line);
    if (after == 0) after = after_reply_mark(line);
    if (after == 0) return line;
    line.remove_prefix(after);
  }
}

std::string fold_letters(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t pos = 0; pos < text.size();) {
    const char32_t code = next_code_point(text, pos);
    if (is_filler(code)) {
      out += ' ';
    } else if (!is_invisible(code) && (code < 0x300 || code > 0x36F)) {
      append_utf8(out, fold(code));
    }
  }
  return out;
}

std::string as_seen(std::string_view line) {
  std::string out;
  out.reserve(line.size());
  for (std::size_t pos = 0; pos < line.size();) {
    const char32_t code = next_code_point(line, pos);
    if (code == '\t') {
      out += '\t';
    } else if (is_blank(code) || is_filler(code)) {
      out += ' ';
    } else if (is_joiner(code)) {
      const bool between = !out.empty() && !is_ascii(out.back()) && pos < line.size() && !is_ascii(line[pos]);
      if (between) append_utf8(out, code);
    } else if (!is_invisible(code)) {
      append_utf8(out, code);
    }
  }
  return out;
}

std::string ascii_only(std::string_view text) {
  std::string out;
  std::ranges::copy_if(text, std::back_inserter(out), [](char c) { return is_ascii(c); });
  return out;
}

}  // namespace ccgate
