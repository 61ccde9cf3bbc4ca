#include "milter/system/timestamp.h"

#include <fmt/core.h>

#include <chrono>

#include "policy/text/ascii.h"

namespace ccgate {
namespace {

/// Exactly `count` digits at `at`; -1 when there are others.
int number_at(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (i >= text.size() || !is_digit(text[i])) return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

/// `Z`, `+hh:mm` or `-hh:mm` and nothing else: east of UTC.
std::optional<std::chrono::minutes> offset_of(std::string_view text) {
  if (text == "Z") return std::chrono::minutes(0);
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  const int hours = number_at(text, 1, 2), minutes = number_at(text, 4, 2);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
  const std::chrono::minutes offset(hours * 60 + minutes);
  return text[0] == '-' ? -offset : offset;
}

/// Without `.` and 1 to 9 digits in front.
std::string_view without_fraction(std::string_view text) {
  if (!text.starts_with('.')) return text;
  std::size_t end = 1;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end == 1 || end > 10 ? text : text.substr(end);
}

}  // namespace

std::optional<std::int64_t> parse_timestamp(std::string_view text) {
  using namespace std::chrono;
  const bool date_only = text.size() == 10;
  if (!date_only && text.size() < 20) return std::nullopt;
  const int y = number_at(text, 0, 4), m = number_at(text, 5, 2), d = number_at(text, 8, 2);
  if (y < 1970 || m < 1 || d < 1 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const year_month_day date{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}};
  if (!date.ok()) return std::nullopt;
  sys_seconds time = sys_days{date};
  if (!date_only) {
    const int h = number_at(text, 11, 2), min = number_at(text, 14, 2), sec = number_at(text, 17, 2);
    // Leap seconds do not exist in the seconds we count.
    if (h < 0 || h > 23 || min < 0 || min > 59 || sec < 0 || sec > 59) return std::nullopt;
    if (text[10] != 'T' || text[13] != ':' || text[16] != ':') return std::nullopt;
    const auto offset = offset_of(without_fraction(text.substr(19)));
    if (!offset) return std::nullopt;
    time += hours{h} + minutes{min} + seconds{sec} - *offset;
  }
  const std::int64_t since_1970 = time.time_since_epoch().count();
  return since_1970 < 0 ? std::nullopt : std::optional(since_1970);
}

std::string format_timestamp(std::int64_t seconds) {
  using namespace std::chrono;
  const sys_seconds time{std::chrono::seconds{seconds}};
  const sys_days day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{time - day};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", int{date.year()}, unsigned{date.month()},
                     unsigned{date.day()}, clock.hours().count(), clock.minutes().count(),
                     clock.seconds().count());
}

}  // namespace ccgate
