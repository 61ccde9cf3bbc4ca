// tests/fuzz/fuzz.h: what is fuzzed: one target for each kind of text that strangers write.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ccgate::fuzz {

struct Target {
  std::string_view name;
  std::size_t largest = 0;  ///< octets: as large as such an input gets in life
  /// Ends the process where anything is not as it must be. Keeps nothing from one input to the next.
  void (*run)(std::string_view input) = nullptr;
  /// What a fuzzer begins with: made of the files of the repository.
  std::vector<std::string> (*seeds)() = nullptr;
  /// As deep, as long and as many as may be, and more: what a stack, or time, would not stand.
  std::vector<std::string> (*extremes)() = nullptr;
};

/// All of them, by name.
[[nodiscard]] std::span<const Target> targets();
[[nodiscard]] const Target* find_target(std::string_view name);

/// Says what does not hold, and aborts.
[[noreturn]] void fail(std::string_view what, std::string_view shown = {});
inline void expect(bool holds, std::string_view what, std::string_view shown = {}) {
  if (!holds) fail(what, shown);
}

}  // namespace ccgate::fuzz
