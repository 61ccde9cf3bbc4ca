#include "policy/text/text.h"

#include "tests/support/catch.h"

namespace ccgate {

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
