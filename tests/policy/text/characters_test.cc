#include "policy/text/characters.h"

#include "tests/support/catch.h"

using namespace ccgate;

TEST_CASE("what a reader does not see") {
  for (const char32_t code : {0xADU,   0x34FU,   0x61CU,   0x1160U,  0x17B4U,  0x180EU, 0x200BU, 0x200FU,
                              0x202AU, 0x202EU,  0x2060U,  0x206FU,  0x3164U,  0xFE0FU, 0xFEFFU, 0xFFA0U,
                              0xFFF8U, 0x1BCA0U, 0x1D17AU, 0xE0001U, 0xE0100U, 0xE0FFFU}) {
    INFO(static_cast<unsigned>(code));
    CHECK(is_invisible(code));
  }
  for (const char32_t code : {0x0U, 0x20U, 0x41U, 0xACU, 0xAEU, 0x300U, 0x2010U, 0x2029U, 0x202FU, 0x2070U,
                              0xFDFFU, 0xFE10U, 0xFFFDU, 0x1D17BU, 0xDFFFFU, 0xE1000U}) {
    INFO(static_cast<unsigned>(code));
    CHECK_FALSE(is_invisible(code));
  }
}

TEST_CASE("direction marks and joiners are among what nobody sees") {
  for (char32_t code = 0; code < 0x110000; ++code) {
    if (is_direction_mark(code) && !is_invisible(code)) FAIL(static_cast<unsigned>(code));
    if (is_joiner(code) && (!is_invisible(code) || is_direction_mark(code)))
      FAIL(static_cast<unsigned>(code));
  }
  for (const char32_t code : {0x61CU, 0x200EU, 0x202EU, 0x2066U, 0x2069U, 0xFEFFU})
    CHECK(is_direction_mark(code));
  for (const char32_t code : {0xADU, 0x200BU, 0x200CU, 0xFE0FU}) CHECK_FALSE(is_direction_mark(code));
}

TEST_CASE("every line end is a blank, and nearly all are controls") {
  for (const char32_t code : {0x0AU, 0x0BU, 0x0CU, 0x0DU, 0x1CU, 0x1EU, 0x85U, 0x2028U, 0x2029U}) {
    CHECK(is_line_end(code));
    CHECK(is_blank(code));
    CHECK(is_control(code) == (code < 0x2000));
  }
  for (const char32_t code : {0x20U, 0x09U, 0xA0U, 0x1680U, 0x2003U, 0x3000U}) {
    CHECK(is_blank(code));
    CHECK_FALSE(is_line_end(code));
  }
  CHECK_FALSE(is_blank(0x200B));
  CHECK(is_control(0x7F));
  CHECK_FALSE(is_control(0xA0));
}
