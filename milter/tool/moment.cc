#include "milter/tool/moment.h"

#include <charconv>

#include "milter/site/timestamp.h"

namespace ccgate {
namespace {

std::int64_t unit(char letter) {
  switch (letter) {
    case 's':
      return 1;
    case 'm':
      return 60;
    case 'h':
      return 3600;
    case 'd':
      return 24 * 3600;
    case 'w':
      return 7 * 24 * 3600;
    default:
      return 0;
  }
}

}  // namespace

std::optional<std::int64_t> parse_moment(std::string_view text, std::int64_t now) {
  if (const auto time = parse_timestamp(text)) return time;
  constexpr std::size_t kMostDigits = 9;
  if (text.size() < 2 || text.size() > kMostDigits + 1 || text.front() == '-') return std::nullopt;
  const std::int64_t seconds = unit(text.back());
  const char* end = text.data() + text.size() - 1;
  std::int64_t count = 0;
  const auto [read, error] = std::from_chars(text.data(), end, count);
  if (seconds == 0 || error != std::errc() || read != end) return std::nullopt;
  return now - count * seconds;
}

}  // namespace ccgate
