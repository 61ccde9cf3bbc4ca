#include "policy/text/utf8.h"

#include <vector>

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

TEST_CASE("octets that are no UTF-8 count one by one") {
  std::size_t pos = 0;
  CHECK(next_code_point("\xff"
                        "a",
                        pos) == 0xFFFD);
  CHECK(pos == 1);
  pos = 0;
  CHECK(next_code_point("\xe2\x80", pos) == 0xFFFD);
  CHECK(pos == 1);
}

TEST_CASE("what is written as UTF-8 reads back") {
  for (const char32_t code :
       {0x0U, 0x7FU, 0x80U, 0x7FFU, 0x800U, 0xD7FFU, 0xE000U, 0xFFFFU, 0x10000U, 0x10FFFFU}) {
    std::string text;
    append_utf8(text, code);
    std::size_t pos = 0;
    CHECK(read_code_point(text, pos) == code);
    CHECK(pos == text.size());
    CHECK(is_utf8(text));
  }
  for (const char32_t code : {0xD800U, 0xDFFFU, 0x110000U}) {
    std::string text;
    append_utf8(text, code);
    CHECK(text == "\xef\xbf\xbd");
  }
}

TEST_CASE("text that may be no UTF-8 is read as some program may") {
  CHECK(code_points("a\xff\xd1\x80") == U"a\uFFFD\u0440");
  CHECK(code_points("\xe0\x80\xaf") == U"/");                       // overlong
  CHECK(code_points("\xed\xa0\x80") == std::u32string(1, 0xD800));  // a surrogate
  CHECK(code_points("\xef\xbf\xbd") == U"\uFFFD");
}

TEST_CASE("strictly, each octet of what is no UTF-8 counts alone") {
  for (const char* text : {"\xff", "\xe2\x80", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80"}) {
    std::size_t pos = 0;
    CHECK_FALSE(read_code_point(text, pos));
    CHECK(pos == 1);
  }
}

TEST_CASE("an octet begins a character or goes on with it") {
  for (const char c : {'a', '\x7f', '\xc3', '\xe2', '\xf0', '\xff'}) CHECK(begins_code_point(c));
  for (const char c : {'\x80', '\xbf'}) CHECK_FALSE(begins_code_point(c));
}

}  // namespace ccgate
