#include "milter/system/timestamp.h"
#include "milter/system/sha256.h"
#include "tests/support/catch.h"

using namespace ccgate;

TEST_CASE("times are dates, or dates with time and offset") {
  struct Row {
    const char* text;
    std::optional<std::int64_t> want;
  };
  const auto row = GENERATE(values<Row>({
      {"1970-01-01", 0},
      {"1970-01-01T00:00:00Z", 0},
      {"2030-01-15T12:00:00Z", 1894708800},
      {"2024-02-29", 1709164800},
      {"2023-02-29", std::nullopt},
      {"2024-13-01", std::nullopt},
      {"2024-00-01", std::nullopt},
      {"1969-12-31", std::nullopt},
      {"2030-01-15T12:00:00", std::nullopt},
      {"2030-01-15T12:00:00+00:00", 1894708800},
      {"2030-01-15T12:00:00-00:00", 1894708800},
      {"2030-01-15T13:30:00+01:30", 1894708800},
      {"2030-01-14T22:00:00-14:00", 1894708800},
      {"2030-01-15T12:00:00.000000+00:00", 1894708800},
      {"2030-01-15T12:00:00.9Z", 1894708800},
      {"1970-01-01T01:00:00+01:00", 0},
      {"1970-01-01T00:59:59+01:00", std::nullopt},
      {"2030-01-15T12:00:00+0000", std::nullopt},
      {"2030-01-15T12:00:00+00", std::nullopt},
      {"2030-01-15T12:00:00+24:00", std::nullopt},
      {"2030-01-15T12:00:00+00:60", std::nullopt},
      {"2030-01-15T12:00:00 00:00", std::nullopt},
      {"2030-01-15T12:00:00+00:00Z", std::nullopt},
      {"2030-01-15T12:00:00+0a:00", std::nullopt},
      {"2030-01-15T12:00:00.Z", std::nullopt},
      {"2030-01-15T12:00:00.0123456789Z", std::nullopt},
      {"2030-01-15T12:00:00z", std::nullopt},
      {"2030-01-15T12:00:00ZZ", std::nullopt},
      {"2030-01-15t12:00:00Z", std::nullopt},
      {"2030-01-15 12:00:00Z", std::nullopt},
      {"2030-01-15T24:00:00Z", std::nullopt},
      {"2030-01-15T12:60:00Z", std::nullopt},
      {"2030-01-15T12:00:60Z", std::nullopt},
      {"2030-1-15", std::nullopt},
      {"2030-01-1x", std::nullopt},
      {"", std::nullopt},
  }));
  INFO(row.text);
  CHECK(parse_timestamp(row.text) == row.want);
  if (row.want) CHECK(parse_timestamp(format_timestamp(*row.want)) == row.want);
}

TEST_CASE("times are shown with time and Z") {
  CHECK(format_timestamp(0) == "1970-01-01T00:00:00Z");
  CHECK(format_timestamp(1894708801) == "2030-01-15T12:00:01Z");
}

TEST_CASE("SHA-256 in hexadecimal") {
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
