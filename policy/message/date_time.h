// policy/message/date_time.h: the Date field as a time.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace ccgate {

/// RFC 5322 3.3 date-time (obsolete zones and two-digit years too: mail in the wild has them), any
/// comment dropped; nullopt when it is none. Seconds since 1970-01-01T00:00:00Z.
[[nodiscard]] std::optional<std::int64_t> parse_date_time(std::string_view text);

}  // namespace ccgate
