#include "policy/yaml/yaml.h"

#include "tests/support/catch.h"

using namespace ccgate;

namespace {

std::string told(const std::string& text) {
  Issues issues;
  (void)parse_yaml(text, "f", issues);
  std::string all;
  for (const Issue& issue : issues)
    all += std::to_string(issue.at.line) + ":" + std::to_string(issue.at.column) + " " + issue.what + "\n";
  return all;
}

}  // namespace

TEST_CASE("a document becomes a tree with places") {
  Issues issues;
  const auto root = parse_yaml(
      "a: 1\n"
      "\xd0\xba\xd0\xbb\xd1\x8e\xd1\x87: \"\xe7\x95\x8c\"\n"
      "list:\n  - x\n  -\n  - {k: no}\n"
      "text: |\n  two\n  lines\n"
      "empty:\n",
      "f", issues);
  REQUIRE(issues.empty());
  REQUIRE(root);
  REQUIRE(root->entries.size() == 5);
  CHECK(root->find("a")->scalar == "1");
  CHECK_FALSE(root->find("a")->quoted);
  CHECK(root->find("a")->at == Position{1, 4});
  const YamlNode* key = root->find("\xd0\xba\xd0\xbb\xd1\x8e\xd1\x87");
  REQUIRE(key != nullptr);
  CHECK(key->quoted);
  CHECK(key->at == Position{2, 7});  // characters, not octets
  const YamlNode* list = root->find("list");
  REQUIRE(list->items.size() == 3);
  CHECK(list->items[1].kind == YamlNode::Kind::null);
  CHECK(list->items[1].at == Position{5, 3});
  CHECK(list->items[2].find("k")->scalar == "no");
  CHECK(list->items[2].entries[0].at == Position{6, 6});
  CHECK(root->find("text")->scalar == "two\nlines\n");
  CHECK(root->find("text")->quoted);
  CHECK(root->find("empty")->kind == YamlNode::Kind::null);
  CHECK(root->find("empty")->at == Position{10, 1});
  CHECK(root->find("nothing") == nullptr);
}

TEST_CASE("what two readers could take two ways is refused") {
  struct Row {
    const char* story;
    std::string text;
    const char* want;
  };
  const auto row = GENERATE_COPY(values<Row>({
      {"nothing", "", "0:0 the file is empty\n"},
      {"comments only", "# x\n", "0:0 the file is empty\n"},
      {"an empty document", "---\n", "0:0 the file is empty\n"},
      {"a second document", "a: 1\n---\nb: 2\n", "2:1 a second document\n"},
      {"text behind the end", "a: 1\n...\nb: 2\n", "3:1 this does not belong to what stands above it\n"},
      {"a directive", "%YAML 1.2\n---\na: 1\n", "1:1 YAML directives are not allowed\n"},
      {"an anchor and an alias", "a: &x 1\nb: *x\n",
       "1:4 `&` starts an anchor, and anchors are not allowed\n"
       "2:4 `*` starts an alias, and aliases are not allowed\n"},
      {"an anchored key", "&x a: 1\n", "1:1 `&` starts an anchor, and anchors are not allowed\n"},
      {"an alias without anchor", "a: *x\n", "1:4 `*` starts an alias, and aliases are not allowed\n"},
      {"a wildcard", "a: *@x\n", "1:4 `*` starts an alias, and aliases are not allowed\n"},
      {"an at sign", "a: @x\n", "1:4 a value cannot start with `@` unless quoted\n"},
      {"a percent sign", "a: %x\n", "1:4 a value cannot start with `%` unless quoted\n"},
      {"a merge key", "a: {<<: {b: 1}}\n", "1:5 merge keys are not allowed\n"},
      {"a tag", "a: !!str 1\n", "1:4 YAML tags are not allowed\n"},
      {"a tag on a mapping", "a: !x {b: 1}\n", "1:4 YAML tags are not allowed\n"},
      {"a lone tag", "a: ! x\n", "1:4 YAML tags are not allowed\n"},
      {"duplicate keys", "a: 1\nb: 2\n'a': 3\n", "3:1 duplicate key `a`\n"},
      {"a list as key", "? [a]\n: 1\n", "1:3 a key must be a word\n"},
      {"no key at all", "~: 1\n", "1:1 a key must be a word\n"},
      {"NUL", std::string("a: \0x\n", 6), "1:4 a control character\n"},
      {"a C1 control", "a: \xc2\x85x\n", "1:4 a control character\n"},
      {"a bare carriage return", "a: 1\rb: 2\n", "1:5 a carriage return without a line feed\n"},
      {"invalid UTF-8", "a: \xc0\x80\n", "1:4 this is not UTF-8\n"},
      {"half a letter", "a: \xd0", "1:4 this is not UTF-8\n"},
      {"a byte order mark",
       "\xef\xbb\xbf"
       "a: 1\n",
       "1:1 the file starts with a byte order mark\n"},
      {"an open quote", "a: \"x\n  y\n", "1:4 this quote is never closed\n"},
      {"an open single quote", "a: 'x''\n", "1:4 this quote is never closed\n"},
      {"an open list", "a: [1,\n 2\n", "1:4 this `[` is never closed\n"},
      {"an open mapping", "a: {b: 1\n", "1:4 this `{` is never closed\n"},
      {"a tab", "a:\n\t- b\n", "2:1 a tab cannot indent\n"},
      {"two keys in one line", "a: b: c\n", "1:5 a `:` where no key can be\n"},
      {"a mapping in a scalar's place", "a: 1\n b: 2\n", "2:3 a `:` where no key can be\n"},
      {"a list beside keys", "- a\nb: 1\n", "2:1 this does not belong to what stands above it\n"},
      {"text behind a quote", "a: \"x\" y\n", "1:8 this does not fit the mapping around it\n"},
      {"an unknown escape", "a: \"\\q\"\n", "1:7 an escape that YAML does not know\n"},
      {"33 levels", std::string(33, '[') + std::string(33, ']'), "1:33 nested deeper than 32 levels\n"},
      {"a million levels", std::string(1'000'000, '{'), "1:32 nested deeper than 32 levels\n"},
  }));
  INFO(row.story);
  // Where exactly the library stops in a nest of open brackets is its own affair.
  if (row.text.size() > 1000)
    CHECK(told(row.text).find("nested deeper than 32 levels") != std::string::npos);
  else
    CHECK(told(row.text) == row.want);
}

TEST_CASE("duplicate keys tell both places") {
  Issues issues;
  CHECK_FALSE(parse_yaml("a: 1\nb: 2\na: 3\n", "f", issues));
  REQUIRE(issues.size() == 1);
  CHECK(render(issues.front()) ==
        "f:3:1: error: duplicate key `a`\na: 3\n^\nhelp: it is already at line 1, column 1: keep one\n");
}

TEST_CASE("what is unusual but clear is read") {
  const auto* text = GENERATE("a: 1\r\nb: 2\r\n", "--- {a: 1}\n", "a: 1\n...\n", "\"<<\": 1\n",
                              "a: 'it''s'\n", "a: \"\\\"\"\n", "a: >\n  folded\n", "a: \"two\n  lines\"\n",
                              "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n");
  INFO(text);
  CHECK(told(text) == "");
}

TEST_CASE("size and number of values are bounded") {
  CHECK(told("a: " + std::string(1024 * 1024, 'x')) == "0:0 the file is larger than 1048576 bytes\n");
  std::string many = "[";
  for (int i = 0; i < 100'001; ++i) many += "1,";
  CHECK(told(many + "]").find("the file has more than 100000 values") != std::string::npos);
  std::string errors;
  for (int i = 0; i < 1000; ++i) errors += "a: 1\n";
  CHECK(std::count(errors.begin(), errors.end(), '\n') == 1000);
  Issues issues;
  CHECK_FALSE(parse_yaml(errors, "f", issues));
  CHECK(issues.size() == 50);
}
