#include "policy/text.h"

#include "tests/support/catch.h"

namespace ccgate {

TEST_CASE("UTF-8 is what RFC 3629 says, and nothing like it") {
  struct Row {
    const char* story;
    std::string text;
    bool want;
  };
  const std::vector<Row> rows = {
      {"nothing", "", true},
      {"ASCII", "subscribe xa", true},
      {"NUL is a character", std::string("a\0b", 3), true},
      {"the least of two octets", "\xc2\x80", true},
      {"the greatest of two octets", "\xdf\xbf", true},
      {"the least of three octets", "\xe0\xa0\x80", true},
      {"before the surrogates", "\xed\x9f\xbf", true},
      {"after the surrogates", "\xee\x80\x80", true},
      {"the least of four octets", "\xf0\x90\x80\x80", true},
      {"U+10FFFF", "\xf4\x8f\xbf\xbf", true},
      {"past U+10FFFF", "\xf4\x90\x80\x80", false},
      {"a long way past", "\xf5\x80\x80\x80", false},
      {"a surrogate", "\xed\xa0\x80", false},
      {"the last surrogate", "\xed\xbf\xbf", false},
      {"an overlong slash", "\xc0\xaf", false},
      {"an overlong slash of three", "\xe0\x80\xaf", false},
      {"an overlong slash of four", "\xf0\x80\x80\xaf", false},
      {"an overlong at sign", "\xc1\x80", false},
      {"a continuation alone", "\x80", false},
      {"cut short, two", "\xc3", false},
      {"cut short, three", "\xe2\x80", false},
      {"cut short, four", "\xf0\x9f\x98", false},
      {"cut short in the middle", "\xe2\x80 a", false},
      {"Latin-1", "M\xfcller", false},
  };
  for (const Row& row : rows) {
    INFO(row.story);
    CHECK(is_utf8(row.text) == row.want);
  }
}

TEST_CASE("letter case is a matter of ASCII letters") {
  CHECK(ascii_lower("ABCxyz[@`{0") == "abcxyz[@`{0");
  CHECK(ascii_lower("\xc3\x84") == "\xc3\x84");
  CHECK(ascii_iequal("Reply-To", "reply-tO"));
  CHECK(ascii_iequal("", ""));
  CHECK_FALSE(ascii_iequal("to", "too"));
  CHECK_FALSE(ascii_iequal("@", "`"));
  CHECK_FALSE(ascii_iequal("\xc3\x84", "\xc3\xa4"));
}

TEST_CASE("blanks go from both ends and nothing else goes") {
  CHECK(trim(" \t\r\n a b \n") == "a b");
  CHECK(trim("").empty());
  CHECK(trim(" \t\r\n").empty());
  CHECK(trim("\v a") == "\v a");
  CHECK(trim("\xc2\xa0"
             "a") ==
        "\xc2\xa0"
        "a");
}

}  // namespace ccgate
