// policy/evidence/truth.h: three-valued logic. Unknown is not no: a question that could
// not be answered yet (a DNS temperror, stale data) never becomes a "no".
#pragma once

#include "policy/text/enum_words.h"

namespace ccgate {

enum class Truth { no, unknown, yes };
template <>
struct EnumWords<Truth> {
  using enum Truth;
  static constexpr auto table = word_table<Truth>({
      {no, "no"},
      {unknown, "unknown"},
      {yes, "yes"},
  });
};

constexpr Truth truth_of(bool value) noexcept {
  return value ? Truth::yes : Truth::no;
}
/// Kleene's logic: `no and unknown` is no, `yes or unknown` is yes.
constexpr Truth both(Truth a, Truth b) noexcept {
  return a < b ? a : b;
}
constexpr Truth either(Truth a, Truth b) noexcept {
  return a < b ? b : a;
}
constexpr Truth negation(Truth a) noexcept {
  return a == Truth::unknown ? a : truth_of(a == Truth::no);
}

}  // namespace ccgate
