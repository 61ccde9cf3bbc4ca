// policy/prose/attribution.h: the line that mail programs write over what they quote.
#pragma once

#include <string_view>

namespace ccgate {

// `folded`: as `fold_letters` leaves it.

/// Somewhere in it stands what `wrote` is, in the languages of mail programs.
[[nodiscard]] bool tells_who_wrote(std::string_view folded);
/// It begins as such a line does: `On `, a day of the week, a digit.
[[nodiscard]] bool starts_attribution(std::string_view folded);
/// `2026`, or `12:00`.
[[nodiscard]] bool has_year_or_time(std::string_view line);

}  // namespace ccgate
