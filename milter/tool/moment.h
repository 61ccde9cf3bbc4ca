// milter/tool/moment.h: a time as somebody types it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace ccgate {

/// A timestamp (milter/system/timestamp.h), or how long before `now`: a number with s, m, h, d or w. Seconds
/// since 1970; nullopt for anything else.
[[nodiscard]] std::optional<std::int64_t> parse_moment(std::string_view text, std::int64_t now);

}  // namespace ccgate
