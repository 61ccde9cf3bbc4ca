#include "policy/names/cctld.h"

#include <algorithm>
#include <array>

#include "policy/text/ascii.h"
#include "policy/text/characters.h"
#include "policy/text/utf8.h"

namespace ccgate {
namespace {

constexpr std::array<std::string_view, 4> kDots = {".", "\xe3\x80\x82", "\xef\xbc\x8e", "\xef\xbd\xa1"};

/// What text programs put around right-to-left words. Joiners are no such marks: labels are written with
/// them.
bool is_mark(char32_t code) noexcept {
  return is_invisible(code) && !is_joiner(code);
}

void strip_marks_in_front(std::string_view& word) noexcept {
  for (std::size_t pos = 0; pos < word.size() && is_mark(next_code_point(word, pos)); pos = 0)
    word.remove_prefix(pos);
}

void strip_marks_behind(std::string_view& word) noexcept {
  std::size_t end = 0;  // behind the last character that is none
  for (std::size_t pos = 0; pos < word.size();)
    if (!is_mark(next_code_point(word, pos))) end = pos;
  word = word.substr(0, end);
}

void strip_dot(std::string_view& word) noexcept {
  const auto dot =
      std::find_if(kDots.begin(), kDots.end(), [&](std::string_view each) { return word.starts_with(each); });
  if (dot != kDots.end()) word.remove_prefix(dot->size());
}

}  // namespace

std::optional<Domain> parse_cctld(std::string_view word) {
  if (word.size() > 300) return std::nullopt;
  strip_marks_in_front(word);
  strip_marks_behind(word);
  strip_dot(word);
  strip_marks_in_front(word);
  const auto label = Domain::parse(word);
  if (!label || label->ascii().find('.') != std::string::npos) return std::nullopt;
  const std::string& ascii = label->ascii();
  const bool two_letters = ascii.size() == 2 && std::all_of(ascii.begin(), ascii.end(), is_small_letter);
  if (!two_letters && !ascii.starts_with("xn--")) return std::nullopt;
  return label;
}

}  // namespace ccgate
