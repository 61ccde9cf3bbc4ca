#include <array>
#include <chrono>
#include <cstdio>

#include "milter/site/timestamp.h"

#include "policy/ascii.h"

namespace ccgate {
namespace {

/// Exactly `count` digits at `at`; -1 when there are others.
int number_at(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (i >= text.size() || text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

/// `Z`, `+hh:mm` or `-hh:mm` and nothing else: seconds east of UTC.
std::optional<int> offset_of(std::string_view text) {
  if (text == "Z") return 0;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  const int hours = number_at(text, 1, 2), minutes = number_at(text, 4, 2);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
  const int seconds = hours * 3600 + minutes * 60;
  return text[0] == '-' ? -seconds : seconds;
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
  std::int64_t seconds = std::int64_t{sys_days{date}.time_since_epoch().count()} * 24 * 3600;
  if (date_only) return seconds;
  const int hour = number_at(text, 11, 2), minute = number_at(text, 14, 2), second = number_at(text, 17, 2);
  // Leap seconds do not exist in the seconds we count.
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return std::nullopt;
  if (text[10] != 'T' || text[13] != ':' || text[16] != ':') return std::nullopt;
  const auto offset = offset_of(without_fraction(text.substr(19)));
  if (!offset) return std::nullopt;
  seconds += std::int64_t{hour} * 3600 + minute * 60 + second - *offset;
  return seconds < 0 ? std::nullopt : std::optional(seconds);
}

std::string format_timestamp(std::int64_t seconds) {
  using namespace std::chrono;
  const sys_seconds time{std::chrono::seconds{seconds}};
  const sys_days day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{time - day};
  std::array<char, 64> text{};
  const int size =
      std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ", int{date.year()},
                    unsigned{date.month()}, unsigned{date.day()}, static_cast<int>(clock.hours().count()),
                    static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()));
  return {text.data(), static_cast<std::size_t>(size)};
}

}  // namespace ccgate
