#include "milter/system/json_tree.h"

#include "tests/support/catch.h"

using namespace ccgate;

namespace {

struct Read {
  std::optional<YamlNode> root;
  std::vector<YamlNode::Entry> members;
  Issues issues;
};

Read read(const std::string& text, const JsonLimits& limits = {}) {
  Read read;
  const JsonMembers members{"many",
                            [&](YamlNode::Entry&& entry) { read.members.push_back(std::move(entry)); }};
  read.root = parse_json(text, "f", read.issues, limits, members);
  return read;
}

}  // namespace

TEST_CASE("the members of one object are handed out, everything else is kept") {
  const Read whole = read(
      "{\"a\": [1], \"many\": {\"x\": {\"y\": [true, null]},\n \"z\": 2}, \"b\": {\"many\": {\"c\": "
      "\"d\"}}}");
  REQUIRE(whole.root);
  CHECK(whole.issues.empty());
  REQUIRE(whole.root->entries.size() == 3);
  CHECK(whole.root->find("many")->kind == YamlNode::Kind::mapping);
  CHECK(whole.root->find("many")->entries.empty());
  CHECK(whole.root->find("b")->find("many")->find("c")->scalar == "d");  // not at the top
  REQUIRE(whole.members.size() == 2);
  CHECK(whole.members[0].key == "x");
  CHECK(whole.members[0].at == Position{1, 21});
  CHECK(whole.members[0].value.find("y")->items.size() == 2);
  CHECK(whole.members[1].at == Position{2, 2});
  CHECK(whole.members[1].value.scalar == "2");
}

TEST_CASE("what is no object there is kept") {
  CHECK(read(R"({"many": [1, 2]})").root->find("many")->items.size() == 2);
  CHECK(read(R"({"many": 1})").members.empty());
  CHECK(read(R"([{"many": {"a": 1}}])").members.empty());
}

TEST_CASE("duplicate keys are found among members, in any spelling, and told with both places") {
  struct Row {
    const char* text;
    const char* what;
    const char* help;
  };
  const auto row = GENERATE(values<Row>({
      {R"({"many": {"x": 1, "y": 2, "x": 3}})", "1:27 duplicate key `x`", "line 1, column 11"},
      {"{\"many\": {\"x\\\\\": 1,\n \"\\u0078\\u005c\": 3}}", "2:2 duplicate key `x\\`", "line 1, column 11"},
      {R"({"many": {"\"": 1, "\u0022": 3}})", "1:20 duplicate key `\"`", "line 1, column 11"},
      {R"({"many": {"x": {"a": 1, "a": 2}}})", "1:25 duplicate key `a`", "line 1, column 17"},
      {R"({"many": {}, "many": {}})", "1:14 duplicate key `many`", "line 1, column 2"},
  }));
  INFO(row.text);
  const Read result = read(row.text);
  CHECK_FALSE(result.root);
  REQUIRE(result.issues.size() == 1);
  const Issue& issue = result.issues.front();
  CHECK(std::to_string(issue.at.line) + ":" + std::to_string(issue.at.column) + " " + issue.what == row.what);
  CHECK_THAT(issue.help, contains(row.help));
}

TEST_CASE("thousands of duplicate keys are not told one by one") {
  std::string text = "{\"many\": {\"a\": 1";
  for (int i = 0; i < 5000; ++i) text += ", \"a\": 1";
  const Read result = read(text + "}}");
  CHECK_FALSE(result.root);
  CHECK(result.issues.size() == 101);
  CHECK(result.issues.back().what == "too many duplicate keys");
}

TEST_CASE("what is kept at a time is bounded, and what is read in all") {
  const std::string four = R"("x1": [1, 2, 3], "x2": [1, 2, 3], "x3": [1, 2, 3], "x4": [1, 2, 3])";
  const std::string text = "{\"many\": {" + four + "}}";
  CHECK(read(text, {1000, 1000, 32, 10}).root);
  CHECK(read(text, {1000, 1000, 32, 3}).issues.at(0).what == "more than 3 values");
  CHECK(read(text, {1000, 20, 32, 10}).issues.at(0).what == "more than 20 values");
  CHECK(read("{" + four + "}", {1000, 1000, 32, 10}).issues.at(0).what == "more than 10 values");
  CHECK(read(text, {40, 1000, 32, 10}).issues.at(0).what == "the file is larger than 40 bytes");
}
