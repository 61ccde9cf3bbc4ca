#include "policy/message/flowed_text.h"

#include "tests/support/catch.h"

namespace ccgate {
namespace {

TEST_CASE("flowed lines are joined as RFC 3676 says") {
  struct Row {
    const char* story;
    const char* text;
    const char* want;
    bool del_sp = false;
  };
  const auto row = GENERATE(values<Row>({
      {"nothing", "", ""},
      {"no flow", "a\nb\n", "a\nb\n"},
      {"a soft break", "ccTLDs: xb, xc, \nxd, xe\nName: Ben\n", "ccTLDs: xb, xc, xd, xe\nName: Ben\n"},
      {"DelSp", "ccTLDs: xb, x \nc\n", "ccTLDs: xb, xc\n", true},
      {"stuffed", " From\n  a\n", "From\n a\n"},
      {"the signature separator stands alone", "a \n-- \nb\n", "a \n-- \nb\n"},
      {"quoted", "> a \n> b\nc\n", "> a b\nc\n"},
      {"another depth ends a paragraph", ">> a \n> b\n", ">> a \n> b\n"},
      {"CRLF", "a \r\nb\r\n", "a b\n"},
      {"no end", "a \nb", "a b"},
  }));
  INFO(row.story);
  CHECK(flowed_text(row.text, row.del_sp) == row.want);
}

}  // namespace
}  // namespace ccgate
