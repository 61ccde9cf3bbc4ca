// milter/doctor/look_clock.h: whether the clock, by which answers count and contacts get old, can be right.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "milter/doctor/look.h"

namespace ccgate {

/// Whether a time service keeps the clock of this machine (adjtimex(2)); nullopt: the system does not tell.
[[nodiscard]] std::optional<bool> clock_is_kept() noexcept;

/// Something that was written in the past.
struct PastMoment {
  std::string what;  ///< `the newest decision`
  std::int64_t at = 0;
};
/// Pure. Nothing of the past is of the future, but for a minute.
[[nodiscard]] LookResult look_at_clock(std::int64_t now, std::optional<bool> kept,
                                       const std::vector<PastMoment>& past);

}  // namespace ccgate
