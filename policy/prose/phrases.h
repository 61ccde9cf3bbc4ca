// policy/prose/phrases.h: tables of phrases, searched at one place of a text.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace ccgate {

/// Refers to a table that outlives it. Build it once for each table.
class Phrases {
 public:
  explicit Phrases(std::span<const std::string_view> phrases);
  /// The length of the longest phrase with which `text` begins and behind which its last word ends; 0 when
  /// there is none. Words end at what is neither letter nor digit of ASCII, and, where the phrase begins and
  /// ends in Han, Kana or Hangul, anywhere.
  [[nodiscard]] std::size_t longest_at(std::string_view text) const noexcept;
  [[nodiscard]] bool begins(std::string_view text) const noexcept { return longest_at(text) > 0; }

 private:
  std::array<std::vector<std::string_view>, 256> by_first_octet_;
};

}  // namespace ccgate
