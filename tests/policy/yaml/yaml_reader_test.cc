#include "policy/yaml/yaml_reader.h"

#include "policy/text/issue_sink.h"
#include "tests/support/catch.h"

using namespace ccgate;

TEST_CASE("a mapping is checked against the schema") {
  Issues issues;
  const std::string text = "file: a.json\nmaxage: 7d\noverrides:\n";
  const auto root = parse_yaml(text, "f", issues);
  REQUIRE(root);
  IssueSink sink("f", text, issues);
  const YamlMap map(*root, {9, 9}, SchemaFile::config, "contacts", sink);
  CHECK(map.text("file") == "a.json");
  CHECK_FALSE(map.get("overrides"));
  REQUIRE(issues.size() == 2);
  CHECK(issues[0].what == "unknown key `maxage`");
  CHECK(issues[0].help == "did you mean `max_age`?");
  CHECK(issues[1].what == "`overrides` has no value");
}
