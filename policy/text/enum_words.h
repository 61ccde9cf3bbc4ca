// policy/text/enum_words.h: the words of the enums that operators, the ledger and JSON see: one table for
// each enum, beside it, from which everybody writes, reads and suggests.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ccgate {

template <typename Enum>
struct EnumWord {
  Enum value;
  std::string_view word;
};

/// Specialised beside each such enum, with its table:
/// `static constexpr auto table = word_table<Mode>({{Mode::enforce, "enforce"}, {Mode::observe,
/// "observe"}});`
template <typename Enum>
struct EnumWords;

/// True when `value` is one of the enumerators of its type, as the compiler names it.
template <auto value>
[[nodiscard]] consteval bool is_enumerator() {
  // `[value = (ccgate::Mode)2]`, `[with auto value = (ccgate::Mode)2]` for what is none.
  return std::string_view(__PRETTY_FUNCTION__).find("value = (") == std::string_view::npos;
}

/// The table of an enum without numbers of its own. An enumerator that is missing, or out of order, does not
/// compile.
template <typename Enum, std::size_t n>
[[nodiscard]] consteval std::array<EnumWord<Enum>, n> word_table(const EnumWord<Enum> (&rows)[n]) {
  static_assert(!is_enumerator<static_cast<Enum>(n)>(), "an enumerator has no word");
  std::array<EnumWord<Enum>, n> table{};
  for (std::size_t i = 0; i < n; ++i) {
    if (rows[i].value != static_cast<Enum>(i)) throw "the words are not in the order of the enumerators";
    table[i] = rows[i];
  }
  return table;
}

template <typename Enum>
concept WordedEnum = requires {
  { EnumWords<Enum>::table.front().word } -> std::convertible_to<std::string_view>;
};

template <WordedEnum Enum>
[[nodiscard]] constexpr std::string_view to_string(Enum value) noexcept {
  const auto& table = EnumWords<Enum>::table;
  const auto at = static_cast<std::size_t>(value);
  return at < table.size() ? table[at].word : table.back().word;
}

/// nullopt for any other word; letter case counts.
template <WordedEnum Enum>
[[nodiscard]] constexpr std::optional<Enum> parse_word(std::string_view word) noexcept {
  for (const auto& row : EnumWords<Enum>::table)
    if (row.word == word) return row.value;
  return std::nullopt;
}

/// All words, in the order of the enumerators: for help and suggestions.
template <WordedEnum Enum>
[[nodiscard]] std::vector<std::string> words_of() {
  std::vector<std::string> words;
  for (const auto& row : EnumWords<Enum>::table) words.emplace_back(row.word);
  return words;
}

}  // namespace ccgate
