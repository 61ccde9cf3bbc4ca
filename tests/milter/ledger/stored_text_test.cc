#include "milter/ledger/stored_text.h"

#include "tests/support/catch.h"

namespace ccgate {

TEST_CASE("text for the store is UTF-8 without NUL, cut between characters") {
  using namespace std::string_literals;
  CHECK(stored_text("plain", 10) == "plain");
  CHECK(stored_text("plain", 3) == "pla");
  CHECK(stored_text("a\0b"s, 10) == "ab");
  CHECK(stored_text("a\xff", 10) == "a\xef\xbf\xbd");
  CHECK(stored_text("j\xc3\xb6rg", 2) == "j");
  CHECK(stored_text("", 0).empty());
}

}  // namespace ccgate
