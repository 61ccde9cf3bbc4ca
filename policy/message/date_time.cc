#include "policy/message/date_time.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <string>
#include <vector>

#include "policy/text/ascii.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

/// Words between blanks, commas and comments (RFC 5322 4.3 lets both stand anywhere between them).
std::optional<std::vector<std::string>> words_of(std::string_view text) {
  std::vector<std::string> words(1);
  int depth = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (depth > 0 && c == '\\') {
      ++at;
    } else if (c == '(') {
      ++depth;
      // A comment parts words as a blank does: `1(x)5` is not 15.
      if (!words.back().empty()) words.emplace_back();
    } else if (c == ')') {
      if (--depth < 0) return std::nullopt;
    } else if (depth == 0) {
      if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ',') {
        if (!words.back().empty()) words.emplace_back();
      } else {
        words.back() += c;
      }
    }
  }
  if (words.back().empty()) words.pop_back();
  if (depth != 0) return std::nullopt;
  return words;
}

std::optional<int> number(std::string_view text, std::size_t least, std::size_t most) {
  if (text.size() < least || text.size() > most) return std::nullopt;
  int value = 0;
  const char* end = text.data() + text.size();
  if (text.front() == '-' || std::from_chars(text.data(), end, value).ptr != end) return std::nullopt;
  return value;
}

int index_of(std::string_view word, std::string_view names) {
  if (word.size() != 3) return -1;
  const std::size_t at = names.find(ascii_lower(word));
  return at == std::string_view::npos || at % 3 != 0 ? -1 : static_cast<int>(at / 3);
}

std::optional<std::chrono::seconds> time_of_day(std::string_view word) {
  std::array<int, 3> parts{};
  std::size_t count = 0;
  while (count < 3) {
    const std::size_t colon = std::min(word.find(':'), word.size());
    const auto value = number(word.substr(0, colon), 1, 2);
    if (!value) return std::nullopt;
    parts[count++] = *value;
    if (colon == word.size()) {
      word = {};
      break;
    }
    word.remove_prefix(colon + 1);
  }
  // A leap second counts as the one before it.
  if (!word.empty() || count < 2 || parts[0] > 23 || parts[1] > 59 || parts[2] > 60) return std::nullopt;
  return std::chrono::hours(parts[0]) + std::chrono::minutes(parts[1]) +
         std::chrono::seconds(std::min(parts[2], 59));
}

/// East of UTC.
std::optional<std::chrono::minutes> zone_of(std::string_view word) {
  if (word.size() == 5 && (word[0] == '+' || word[0] == '-')) {
    const auto digits = number(word.substr(1), 4, 4);
    if (!digits || *digits % 100 > 59 || *digits / 100 > 23) return std::nullopt;
    const std::chrono::minutes minutes(*digits / 100 * 60 + *digits % 100);
    return word[0] == '-' ? -minutes : minutes;
  }
  struct Named {
    std::string_view name;
    int hours;
  };
  static constexpr std::array<Named, 11> kNamed = {{{"ut", 0},
                                                    {"gmt", 0},
                                                    {"utc", 0},
                                                    {"est", -5},
                                                    {"edt", -4},
                                                    {"cst", -6},
                                                    {"cdt", -5},
                                                    {"mst", -7},
                                                    {"mdt", -6},
                                                    {"pst", -8},
                                                    {"pdt", -7}}};
  const std::string lower = ascii_lower(word);
  for (const Named& each : kNamed)
    if (each.name == lower) return std::chrono::hours(each.hours);
  // RFC 5322 4.3: other letters say nothing about the offset.
  const bool letters =
      !word.empty() && word.size() <= 5 && std::all_of(lower.begin(), lower.end(), is_small_letter);
  return letters ? std::optional(std::chrono::minutes(0)) : std::nullopt;
}

}  // namespace

std::optional<std::int64_t> parse_date_time(std::string_view text) {
  if (text.size() > 200) return std::nullopt;
  auto words = words_of(text);
  if (!words || words->empty()) return std::nullopt;
  if (index_of(words->front(), "montuewedthufrisatsun") >= 0) words->erase(words->begin());
  // Without a zone nobody knows when it was.
  if (words->size() != 5) return std::nullopt;
  const auto day = number((*words)[0], 1, 2);
  const auto month = static_cast<unsigned>(index_of((*words)[1], "janfebmaraprmayjunjulaugsepoctnovdec") + 1);
  auto year = number((*words)[2], 2, 4);
  const auto time = time_of_day((*words)[3]);
  const auto zone = zone_of((*words)[4]);
  if (!day || month == 0 || !year || !time || !zone) return std::nullopt;
  if ((*words)[2].size() == 2) year = *year + (*year < 50 ? 2000 : 1900);
  if ((*words)[2].size() == 3) year = *year + 1900;
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(month),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (*year < 1900 || !date.ok()) return std::nullopt;
  return (std::chrono::sys_days(date) + *time - *zone).time_since_epoch().count();
}

}  // namespace ccgate
