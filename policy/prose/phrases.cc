#include "policy/prose/phrases.h"

#include "policy/text/ascii.h"

namespace ccgate {
namespace {

std::size_t octet(char c) noexcept {
  return static_cast<unsigned char>(c);
}

bool ends_well(std::string_view text, std::string_view phrase) noexcept {
  if (text.size() == phrase.size()) return true;
  const char next = text[phrase.size()];
  if (is_ascii(next)) return !is_letter_or_digit(next);
  constexpr std::size_t kEastAsian = 0xE3;  // the first octet of nearly all of them
  return octet(phrase.back()) >= 0x80 && octet(phrase.front()) >= kEastAsian;
}

}  // namespace

Phrases::Phrases(std::span<const std::string_view> phrases) {
  for (const std::string_view phrase : phrases) by_first_octet_[octet(phrase.front())].push_back(phrase);
}

std::size_t Phrases::longest_at(std::string_view text) const noexcept {
  std::size_t size = 0;
  if (text.empty()) return size;
  for (const std::string_view phrase : by_first_octet_[octet(text.front())])
    if (phrase.size() > size && text.starts_with(phrase) && ends_well(text, phrase)) size = phrase.size();
  return size;
}

}  // namespace ccgate
