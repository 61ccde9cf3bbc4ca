#include "policy/text/terminal_text.h"

#include "tests/support/catch.h"

using namespace ccgate;

TEST_CASE("nothing that repaints a terminal is shown") {
  CHECK(shown("plain \xd1\x80\xd1\x84\t") == "plain \xd1\x80\xd1\x84\t");
  CHECK(shown("\x1b[2J\n\r\x7f") == "\xef\xbf\xbd[2J\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
  CHECK(shown("\xc2\x9b") == "\xef\xbf\xbd");                          // CSI in eight bits
  CHECK(shown("\xe2\x80\xae\xd8\x9c") == "\xef\xbf\xbd\xef\xbf\xbd");  // direction
  CHECK(shown("\xff") == "\xef\xbf\xbd");
  CHECK(shown("\xe2\x80\x8c\xc2\xad") == "\xe2\x80\x8c\xc2\xad");  // a joiner, a soft hyphen
}

TEST_CASE("text is measured in columns") {
  CHECK(columns("") == 0);
  CHECK(columns("abc") == 3);
  CHECK(columns("\xd1\x80\xd1\x84") == 2);
  CHECK(columns("\xe5\x8f\xb0\xe7\x81\xa3") == 4);
  CHECK(columns("e\xcc\x81") == 1);
}
