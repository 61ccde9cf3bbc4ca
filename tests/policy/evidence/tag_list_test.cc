#include "policy/evidence/tag_list.h"

#include "tests/support/catch.h"

namespace ccgate {

TEST_CASE("a tag list tells names, values and where they stand") {
  const std::string text = " a=1;\r\n b_2 = x = y ; c=";
  const TagList list = read_tag_list(text);
  CHECK(list.fault.empty());
  REQUIRE(list.tags.size() == 3);
  CHECK(list.tags[1].name == "b_2");
  CHECK(list.tags[1].value == "x = y");
  CHECK(text.substr(list.tags[1].begin, list.tags[1].end - list.tags[1].begin) == " x = y ");
  CHECK(tag_value(list.tags, "c") == "");
  CHECK_FALSE(tag_value(list.tags, "C"));
  CHECK(parts_of(" a :\r\n b::", ':') == std::vector<std::string_view>{"a", "b", "", ""});
}

TEST_CASE("what is no tag list keeps what it has") {
  struct Row {
    const char* text;
    const char* fault;
    std::size_t tags;
  };
  for (const Row& row : {Row{"", "", 0},
                         {"a=1;", "", 1},
                         {"a=1; \r\n", "", 1},
                         {" ", "an empty tag", 0},
                         {"a=1;;", "an empty tag", 1},
                         {"a=1; ;b=2", "an empty tag", 1},
                         {"a=1;b", "a tag without a value", 1},
                         {"a=1;=2", "a tag with an odd name", 1},
                         {"a=1;b c=2", "a tag with an odd name", 1},
                         {"a=1;b=2;a=1", "a tag stands twice", 3}}) {
    INFO(row.text);
    CHECK(read_tag_list(row.text).fault == row.fault);
    CHECK(read_tag_list(row.text).tags.size() == row.tags);
  }
}

}  // namespace ccgate
