// policy/request/named_cctlds.cc: words that are ccTLDs.
#include "policy/request/named_cctlds.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "policy/names/cctld.h"
#include "policy/text/ascii.h"
#include "policy/text/characters.h"
#include "policy/text/lines.h"
#include "policy/text/text.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

struct ListWord {
  std::string_view text;
  bool after_blank = true;   ///< nothing but blanks between it and the word before
  bool before_blank = true;  ///< and the word behind
};

bool is_separator(char32_t code) noexcept {
  switch (code) {
    case ',':
    case ';':
    case '/':
    case '&':
    case '+':
    case '|':
    case 0x60C:   // Arabic comma
    case 0x61B:   // Arabic semicolon
    case 0x3001:  // ideographic comma
    case 0xFF0C:
    case 0xFF0F:
    case 0xFF1B:
    case 0xFF06:
      return true;
    default:
      return false;
  }
}

/// Quotes, brackets and emphasis that people put around a word.
bool is_ornament(char32_t code) noexcept {
  switch (code) {
    case '"':
    case '\'':
    case '`':
    case '*':
    case '_':
    case '<':
    case '>':
    case '[':
    case ']':
    case '(':
    case ')':
    case 0xAB:
    case 0xBB:
    case 0xFF08:
    case 0xFF09:
      return true;
    default:
      return (code >= 0x2018 && code <= 0x201F) || (code >= 0x300C && code <= 0x300F);
  }
}

std::string_view trim_word(std::string_view word) noexcept {
  for (std::size_t pos = 0; pos < word.size();) {
    if (!is_ornament(next_code_point(word, pos))) break;
    word.remove_prefix(pos);
    pos = 0;
  }
  std::size_t end = 0;  // behind the last code point that belongs to the word
  for (std::size_t pos = 0; pos < word.size();) {
    const char32_t code = next_code_point(word, pos);
    const bool mark = code == '.' || code == '!' || code == '?' || code == ':' || code == 0x3002 ||
                      code == 0xFF01 || code == 0xFF0E || code == 0xFF1A || code == 0xFF1F;
    if (!mark && !is_ornament(code)) end = pos;
  }
  return word.substr(0, end);
}

/// The words of a list: cut at blanks and separators, text in parentheses left out. A parenthesis that never
/// closes hides nothing.
std::vector<ListWord> list_words(std::string_view text) {
  std::vector<ListWord> words;
  constexpr std::string_view kWideClose = "）";
  const std::size_t last_close = text.rfind(')');
  const std::size_t last_wide_close = text.rfind(kWideClose);
  // Where the parenthesis that opens at `at` closes, or npos. Asked only when one closes behind: linear time.
  const auto behind_parenthesis = [&](char32_t code, std::size_t at) {
    if (code == '(' && last_close != std::string_view::npos && at < last_close) return text.find(')', at) + 1;
    if (code == 0xFF08 && last_wide_close != std::string_view::npos && at < last_wide_close) {
      return text.find(kWideClose, at) + kWideClose.size();
    }
    return std::string_view::npos;
  };
  std::size_t start = 0;
  bool blanks_only = true;
  const auto finish = [&](std::size_t end) {
    const std::string_view word = trim_word(text.substr(start, end - start));
    if (word.empty()) return;
    if (!words.empty()) words.back().before_blank = blanks_only;
    words.push_back({word, blanks_only, true});
    blanks_only = true;
  };
  for (std::size_t pos = 0; pos < text.size();) {
    const std::size_t at = pos;
    const char32_t code = next_code_point(text, pos);
    const std::size_t behind = behind_parenthesis(code, at);
    const bool hidden = behind != std::string_view::npos;
    if (!hidden && !is_blank(code) && !is_separator(code)) continue;
    finish(at);
    if (hidden) pos = behind;
    if (is_separator(code)) blanks_only = false;
    start = pos;
  }
  finish(text.size());
  return words;
}

constexpr std::size_t kLongestWord = 63 * 4;  // octets: no label has more characters than 63
constexpr std::size_t kMostWords = 200;       // looked at in one text; IDNA is slow

/// Words beyond what is looked at are no ccTLDs: whoever writes so many gets none of them.
std::optional<Domain> cctld_of(std::string_view word, std::size_t& looked_at) {
  if (word.size() > kLongestWord || looked_at == kMostWords) return std::nullopt;
  ++looked_at;
  return parse_cctld(word);
}

/// Looks like a ccTLD, and where it is none, it was meant as one: two ASCII letters or digits, `xn--`, or
/// letters outside ASCII.
bool looks_like_cctld(std::string_view word) {
  if (!is_ascii(word)) return true;
  return word.size() == 2 || ascii_lower(word.substr(0, 4)) == "xn--";
}

/// Behind the leading dot, or nullopt. Dots of other scripts count.
std::optional<std::string_view> after_dot(std::string_view word) noexcept {
  std::size_t pos = 0;
  for (std::size_t next = 0; pos < word.size(); pos = next) {
    const char32_t code = next_code_point(word, next);
    if (is_invisible(code)) continue;
    if (code != '.' && code != 0x3002 && code != 0xFF0E && code != 0xFF61) return std::nullopt;
    word.remove_prefix(next);
    return word;
  }
  return std::nullopt;
}

void add_dotted(std::string_view word, NamedCcTlds& named) {
  const auto label = after_dot(word);
  if (!label || label->empty() || label->find('.') != std::string_view::npos) return;
  if (auto cctld = cctld_of(word, named.looked_at)) {
    named.cctlds.insert(*std::move(cctld));
  } else {
    ++named.unknown;
  }
}

bool is_and(const ListWord& word) {
  constexpr auto kAnd = std::to_array<std::string_view>({"and", "und", "et", "y", "e", "en", "i", "o", "och",
                                                         "og", "ve", "и", "та", "と", "和", "与", "及", "و"});
  // `et` and its like are ccTLDs themselves: a conjunction has nothing but blanks on both sides.
  return word.after_blank && word.before_blank &&
         std::ranges::find(kAnd, fold_letters(word.text)) != kAnd.end();
}

bool speaks_of_subscribing(std::string_view folded) {
  return folded.find("subscri") != std::string_view::npos || folded.find("join") != std::string_view::npos;
}

}  // namespace

void read_subscribe_line(std::string_view line, std::string_view list_name, NamedCcTlds& named) {
  line = strip_reply_prefixes(line);
  if (!speaks_of_subscribing(fold_letters(line))) return;
  // A colon without a blank behind it separates the command from what follows.
  std::string spaced;
  const auto colon = line.find(':');
  if (const std::string first = fold_letters(line.substr(0, std::min(colon, line.size())));
      colon != std::string_view::npos && (first == "subscribe" || first == "join")) {
    spaced = std::string(line);
    spaced[colon] = ' ';
    line = spaced;
  }
  std::vector<ListWord> words = list_words(line);
  if (words.empty()) return;
  const std::string command = fold_letters(words.front().text);
  const bool pure_place = command == "subscribe" || command == "join";
  // A list whose name could be a ccTLD is not told from one.
  const bool name_is_cctld = parse_cctld(list_name).has_value();
  std::erase_if(words, [&](const ListWord& word) {
    const auto at = word.text.find('@');
    return word.text.find('=') != std::string_view::npos ||
           (!name_is_cctld && ascii_iequal(word.text.substr(0, at), list_name));
  });

  NamedCcTlds found;
  bool pure = pure_place;
  for (std::size_t i = 1; pure && i < words.size(); ++i) {
    if (ascii_iequal(words[i].text, "and") && i + 1 < words.size() && i > 1) continue;
    if (auto cctld = cctld_of(words[i].text, named.looked_at)) {
      found.cctlds.insert(*std::move(cctld));
    } else if (after_dot(words[i].text) || looks_like_cctld(words[i].text)) {
      ++found.unknown;
    } else {
      pure = false;
    }
  }
  if (pure) {
    named.cctlds.merge(found.cctlds);
    named.unknown += found.unknown;
    return;
  }
  for (const ListWord& word : words) add_dotted(word.text, named);
}

void read_cctld_list(std::string_view value, NamedCcTlds& named) {
  const std::vector<ListWord> words = list_words(value);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0 && i + 1 < words.size() && is_and(words[i])) continue;
    if (auto cctld = cctld_of(words[i].text, named.looked_at)) {
      named.cctlds.insert(*std::move(cctld));
    } else {
      ++named.unknown;
    }
  }
}

void read_detail(std::string_view detail, NamedCcTlds& named) {
  while (!detail.empty()) {
    const std::size_t end = std::min(detail.find_first_of("+,"), detail.size());
    if (auto cctld = cctld_of(detail.substr(0, end), named.looked_at)) {
      named.cctlds.insert(*std::move(cctld));
    } else if (end > 0) {
      ++named.unknown;
    }
    detail.remove_prefix(std::min(end + 1, detail.size()));
  }
}

}  // namespace ccgate
