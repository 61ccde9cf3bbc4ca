#include "policy/text/control_escapes.h"

#include "tests/support/catch.h"

namespace ccgate {
namespace {

TEST_CASE("control escapes: what a terminal acts upon is written out") {
  CHECK(with_escaped_controls("a\x1b[2J\x7f") == "a\\u001b[2J\\u007f");
  CHECK(with_escaped_controls("\xc2\x9b"
                              "31m\xc2\x85") == "\\u009b31m\\u0085");
  CHECK(with_escaped_controls("\u202ea\u2066\u2028\u2029\ufeff") == "\\u202ea\\u2066\\u2028\\u2029\\ufeff");
}

TEST_CASE("control escapes: all else stays") {
  for (const std::string text :
       {"", "J\u00f6rg, \u0440\u0444, \u65e5\u672c", "a\tb\nc \"d\" \\", "a\xff\xc2"})
    CHECK(with_escaped_controls(text) == text);
}

}  // namespace
}  // namespace ccgate
