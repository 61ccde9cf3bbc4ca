#include "policy/cctld.h"

#include <algorithm>
#include <array>

#include "policy/ascii.h"
namespace ccgate {
namespace {

constexpr std::array<std::string_view, 4> kDots = {".", "\xe3\x80\x82", "\xef\xbc\x8e", "\xef\xbd\xa1"};
// Marks of direction and of no width that text programs put around right-to-left words.
constexpr std::array<std::string_view, 14> kMarks = {
    "\xe2\x80\x8b", "\xe2\x80\x8e", "\xe2\x80\x8f", "\xe2\x80\xaa", "\xe2\x80\xab",
    "\xe2\x80\xac", "\xe2\x80\xad", "\xe2\x80\xae", "\xe2\x81\xa6", "\xe2\x81\xa7",
    "\xe2\x81\xa8", "\xe2\x81\xa9", "\xef\xbb\xbf", "\xd8\x9c"};

template <typename Parts>
bool strip_front(std::string_view& word, const Parts& parts) {
  for (const std::string_view part : parts) {
    if (!word.starts_with(part)) continue;
    word.remove_prefix(part.size());
    return true;
  }
  return false;
}

template <typename Parts>
bool strip_back(std::string_view& word, const Parts& parts) {
  for (const std::string_view part : parts) {
    if (!word.ends_with(part)) continue;
    word.remove_suffix(part.size());
    return true;
  }
  return false;
}

}  // namespace

std::optional<Domain> parse_cctld(std::string_view word) {
  if (word.size() > 300) return std::nullopt;
  while (strip_front(word, kMarks)) continue;
  while (strip_back(word, kMarks)) continue;
  if (strip_front(word, kDots))
    while (strip_front(word, kMarks)) continue;
  const auto label = Domain::parse(word);
  if (!label || label->ascii().find('.') != std::string::npos) return std::nullopt;
  const std::string& ascii = label->ascii();
  const bool two_letters = ascii.size() == 2 && std::all_of(ascii.begin(), ascii.end(), is_small_letter);
  if (!two_letters && !ascii.starts_with("xn--")) return std::nullopt;
  return label;
}

}  // namespace ccgate
