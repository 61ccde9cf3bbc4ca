#include "milter/tool/moment.h"

#include <charconv>
#include <chrono>

#include "milter/system/timestamp.h"

namespace ccgate {
namespace {

std::chrono::seconds unit(char letter) {
  switch (letter) {
    case 's':
      return std::chrono::seconds(1);
    case 'm':
      return std::chrono::minutes(1);
    case 'h':
      return std::chrono::hours(1);
    case 'd':
      return std::chrono::days(1);
    case 'w':
      return std::chrono::weeks(1);
    default:
      return std::chrono::seconds(0);
  }
}

}  // namespace

std::optional<std::int64_t> parse_moment(std::string_view text, std::int64_t now) {
  if (const auto time = parse_timestamp(text)) return time;
  constexpr std::size_t kMostDigits = 9;
  if (text.size() < 2 || text.size() > kMostDigits + 1 || text.front() == '-') return std::nullopt;
  const std::int64_t seconds = unit(text.back()).count();
  const char* end = text.data() + text.size() - 1;
  std::int64_t count = 0;
  const auto [read, error] = std::from_chars(text.data(), end, count);
  if (seconds == 0 || error != std::errc() || read != end) return std::nullopt;
  return now - count * seconds;
}

}  // namespace ccgate
