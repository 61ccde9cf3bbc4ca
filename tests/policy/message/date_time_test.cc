#include "policy/message/date_time.h"

#include "tests/support/catch.h"

namespace ccgate {

TEST_CASE("dates in every spelling that mail uses") {
  struct Row {
    const char* text;
    std::optional<std::int64_t> want;
  };
  const std::vector<Row> rows = {
      {"Tue, 15 Jan 2030 11:00:00 +0000", 1894705200},
      {"15 Jan 2030 11:00:00 +0000", 1894705200},
      {"Tue, 15 Jan 2030 12:30 +0130", 1894705200},
      {"tue, 15 jan 2030 06:00:00 EST", 1894705200},
      {"Tue, 15 Jan 30 11:00:00 GMT (a comment)", 1894705200},
      {"Thu, 01 Jan 1970 00:00:00 +0000", 0},
      {"Thu, 29 Feb 2024 00:00:00 +0000", 1709164800},
      {"Wed, 29 Feb 2023 00:00:00 +0000", std::nullopt},
      {"Tue, 32 Jan 2030 11:00:00 +0000", std::nullopt},
      {"Tue, 15 Foo 2030 11:00:00 +0000", std::nullopt},
      {"Tue, 15 Jan 2030 24:00:00 +0000", std::nullopt},
      {"Tue, 15 Jan 2030 11:60:00 +0000", std::nullopt},
      {"Tue, 15 Jan 2030 11:00:00 +0060", std::nullopt},
      {"Tue, 15 Jan 2030", std::nullopt},
      {"Tue, 15 Jan 2030 11:00:00 +0000 (no end", std::nullopt},
      {"", std::nullopt},
      {"yesterday", std::nullopt},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(parse_date_time(row.text) == row.want);
  }
}

TEST_CASE("dates that two readers could read in two ways are none") {
  struct Row {
    const char* text;
    std::optional<std::int64_t> want;
  };
  const std::vector<Row> rows = {
      {"1(x)5 Jan 2030 11:00:00 +0000", std::nullopt},  // a comment is no glue
      {"15(x)Jan 2030 11:00:00(y)+0000", 1894705200},
      {"15 Jan 2030 11:00:00 (\\) ((nested))) +0000", 1894705200},
      {"Tue, 15 Jan 2030 11:00:00", std::nullopt},  // no zone: no point in time
      {"Tue, 15 Jan 2030 11:00:00 +0000 +0000", std::nullopt},
      {"Tue, 15 Jan 2030 11:00:00 0000", std::nullopt},
      {"Tue, 15 Jan 2030 11:00:00 -0000", 1894705200},
      {"Tue, 15 Jan 2030 11:00:00 Z", 1894705200},
      {"Sat, 31 Dec 2016 23:59:60 +0000", 1483228799},  // a leap second
      {"Fri, 31 Dec 99 23:59:59 +0000", 946684799},
      {"Mon, 28 Feb 2100 24:00:00 +0000", std::nullopt},
      {"Mon, 29 Feb 2100 00:00:00 +0000", std::nullopt},
      {"Tue, 29 Feb 2000 00:00:00 +0000", 951782400},
      {"Mon, 01 Jan 1900 00:00:00 +0000", -2208988800},
      {"Fri, 31 Dec 9999 23:59:59 +0000", 253402300799},
      {"Tue, 15 Jan 02030 11:00:00 +0000", std::nullopt},
      {"Tue, 15 Jan -203 11:00:00 +0000", std::nullopt},
      {"Tue, +5 Jan 2030 11:00:00 +0000", std::nullopt},
      {"Tue, 15 Jan 2030 11:00:00:00 +0000", std::nullopt},
      {"Tue, 15 Jan 2030 11:00:00 +9900", std::nullopt},
      {"Tue, 15 ebm 2030 11:00:00 +0000", std::nullopt},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(parse_date_time(row.text) == row.want);
  }
  CHECK_FALSE(parse_date_time(std::string(100'000, '(')));
}

}  // namespace ccgate
