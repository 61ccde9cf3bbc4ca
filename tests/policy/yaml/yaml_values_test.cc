#include "policy/yaml/yaml_values.h"

#include "tests/support/catch.h"

using namespace ccgate;

namespace {

/// The value read, or the complaint.
template <typename Read>
std::string outcome(const std::string& text, const Read& read) {
  Issues issues;
  const auto root = parse_yaml("x: " + text + "\n", "f", issues);
  REQUIRE(root);
  IssueSink sink("f", text, issues);
  const auto value = read(*root->find("x"), sink);
  if (value) return std::to_string(*value);
  REQUIRE(issues.size() == 1);
  return issues.front().what;
}

}  // namespace

TEST_CASE("durations have a unit") {
  struct Row {
    const char* text;
    const char* want;
  };
  const auto row = GENERATE(values<Row>({
      {"5s", "5"},
      {"90m", "5400"},
      {"2h", "7200"},
      {"7d", "604800"},
      {"1w", "604800"},
      {"\"7d\"", "604800"},
      {"0s", "0"},
      {"7", "`x` must be a duration"},
      {"07d", "`x` must be a duration"},
      {"-7d", "`x` must be a duration"},
      {"7 d", "`x` must be a duration"},
      {"1.5h", "`x` must be a duration"},
      {"d", "`x` must be a duration"},
      {"7D", "`x` must be a duration"},
      {"99999w", "`x` is longer than ten years"},
      {"99999999999999999999d", "`x` must be a duration"},
      {"[7d]", "`x` must be a duration, not a list"},
      {"{a: 1}", "`x` must be a duration, not a mapping"},
  }));
  INFO(row.text);
  CHECK(outcome(row.text, [](const YamlNode& n, IssueSink& s) { return read_duration(n, "x", s); }) ==
        row.want);
}

TEST_CASE("numbers, sizes and truths have one spelling") {
  struct Row {
    const char* kind;
    const char* text;
    const char* want;
  };
  const auto row = GENERATE(values<Row>({
      {"number", "3", "3"},
      {"number", "0", "0"},
      {"number", "010", "`x` must be a number"},
      {"number", "0x10", "`x` must be a number"},
      {"number", "1_000", "`x` must be a number"},
      {"number", "\"3\"", "`x` must be a number"},
      {"number", "-1", "`x` must be a number"},
      {"number", "1e3", "`x` must be a number"},
      {"number", "101", "`x` is out of range"},
      {"size", "512B", "512"},
      {"size", "256KiB", "262144"},
      {"size", "10MiB", "10485760"},
      {"size", "1KB", "`x` must be a size"},
      {"size", "1024", "`x` must be a size"},
      {"size", "1GiB", "`x` is out of range"},
      {"truth", "true", "1"},
      {"truth", "false", "0"},
      {"truth", "yes", "`x` must be true or false"},
      {"truth", "True", "`x` must be true or false"},
      {"truth", "\"true\"", "`x` must be true or false"},
      {"truth", "1", "`x` must be true or false"},
  }));
  INFO(row.kind << " " << row.text);
  const std::string kind = row.kind;
  CHECK(outcome(row.text, [&](const YamlNode& n, IssueSink& s) -> std::optional<std::int64_t> {
          if (kind == "number") return read_number(n, "x", 0, 100, s);
          if (kind == "size") return read_size(n, "x", 0, 100 * 1024 * 1024, s);
          const auto truth = read_boolean(n, "x", s);
          return truth ? std::optional<std::int64_t>(*truth ? 1 : 0) : std::nullopt;
        }) == row.want);
}

TEST_CASE("an unquoted no is a ccTLD with a warning") {
  struct Row {
    const char* text;
    const char* want;
    std::size_t warnings;
  };
  const auto row = GENERATE(values<Row>({
      {"no", "no", 1},
      {"NO", "no", 1},
      {"\"no\"", "no", 0},
      {"xa", "xa", 0},
      {".XA", "xa", 0},
      {"xn--p1ai", "xn--p1ai", 0},
      {"\xd1\x80\xd1\x84", "xn--p1ai", 0},
  }));
  INFO(row.text);
  Issues issues;
  const auto root = parse_yaml(std::string("x: ") + row.text, "f", issues);
  REQUIRE(root);
  IssueSink sink("f", "", issues);
  const auto cctld = read_cctld(*root->find("x"), "x", sink);
  REQUIRE(cctld);
  CHECK(cctld->ascii() == row.want);
  CHECK(issues.size() == row.warnings);
  CHECK_FALSE(sink.failed());
}

TEST_CASE("durations are shown by the largest unit that divides") {
  CHECK(format_duration(7 * 24 * 3600) == "7d");
  CHECK(format_duration(7200) == "2h");
  CHECK(format_duration(90 * 60) == "90m");
  CHECK(format_duration(61) == "61s");
  CHECK(format_duration(0) == "0s");
}
