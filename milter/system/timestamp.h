// milter/system/timestamp.h: times as text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ccgate {

/// `2026-11-22T06:00:00Z`, `2024-03-12T00:00:00+00:00` or `2024-03-12`: seconds since 1970. RFC 3339 with `T`
/// and `Z` in capitals, without leap seconds; parts of a second (1 to 9 digits) are dropped. nullopt for
/// anything before 1970.
[[nodiscard]] std::optional<std::int64_t> parse_timestamp(std::string_view text);
/// The inverse, always with time and Z.
[[nodiscard]] std::string format_timestamp(std::int64_t seconds);

}  // namespace ccgate
