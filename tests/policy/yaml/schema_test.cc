#include "policy/yaml/schema.h"

#include <set>

#include "tests/support/catch.h"

using namespace ccgate;

TEST_CASE("every key of the schema stands once, below a key that exists, with a line of help") {
  std::set<std::pair<SchemaFile, std::string_view>> seen;
  for (const SchemaKey& key : schema_keys()) {
    INFO(key.path);
    CHECK(seen.emplace(key.file, key.path).second);
    CHECK_FALSE(key.help.empty());
    CHECK_FALSE(key.type.empty());
    CHECK(key.help.find('\n') == std::string_view::npos);
    CHECK_FALSE(key.help.ends_with('.'));
    CHECK_FALSE(last_part(key.path).empty());
  }
}

TEST_CASE("children of a path are its keys and no grandchildren") {
  std::set<std::string_view> names;
  for (const SchemaKey* key : schema_children(SchemaFile::policy, "rules[]"))
    names.insert(last_part(key->path));
  CHECK(names == std::set<std::string_view>{"id", "for", "when", "then", "do"});
  names.clear();
  for (const SchemaKey* key : schema_children(SchemaFile::registries, "")) names.insert(key->path);
  CHECK(names == std::set<std::string_view>{"shared_domains", "*"});
  CHECK(schema_children(SchemaFile::policy, "nothing").empty());
}

TEST_CASE("words are split at blanks and bars") {
  CHECK(listed_words("a | b c") == std::vector<std::string>{"a", "b", "c"});
  CHECK(listed_words("").empty());
}
