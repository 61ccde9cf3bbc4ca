#include "milter/tool/moment.h"

#include "tests/support/catch.h"

using namespace ccgate;

TEST_CASE("a time, or how long ago") {
  constexpr std::int64_t kNow = 1'894'708'800;  // 2030-01-15T12:00:00Z
  CHECK(parse_moment("2030-01-15T12:00:00Z", 0) == kNow);
  CHECK(parse_moment("2030-01-15", 0) == kNow - 12 * 3600);
  CHECK(parse_moment("90s", kNow) == kNow - 90);
  CHECK(parse_moment("5m", kNow) == kNow - 300);
  CHECK(parse_moment("2h", kNow) == kNow - 7200);
  CHECK(parse_moment("7d", kNow) == kNow - 7 * 86400);
  CHECK(parse_moment("1w", kNow) == kNow - 7 * 86400);
  CHECK(parse_moment("999999999w", kNow));
  for (const char* odd : {"", "d", "7", "-7d", "+7d", "7D", "7 d", "7dd", "1.5d", "9999999999d", "yesterday"})
    CHECK_FALSE(parse_moment(odd, kNow));
}
