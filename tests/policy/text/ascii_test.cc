#include "policy/text/ascii.h"

#include <string>

#include "tests/support/catch.h"

using namespace ccgate;

TEST_CASE("each octet is what ASCII says, in every locale") {
  for (int octet = 0; octet < 256; ++octet) {
    const char c = static_cast<char>(static_cast<unsigned char>(octet));
    INFO(octet);
    const bool digit = octet >= 48 && octet <= 57;
    const bool small = octet >= 97 && octet <= 122;
    const bool large = octet >= 65 && octet <= 90;
    CHECK(is_digit(c) == digit);
    CHECK(is_small_letter(c) == small);
    CHECK(is_letter(c) == (small || large));
    CHECK(is_letter_or_digit(c) == (small || large || digit));
    CHECK(is_visible_ascii(c) == (octet > 32 && octet < 127));
    CHECK(is_printable_ascii(c) == (octet >= 32 && octet < 127));
    CHECK(is_ascii(c) == (octet < 128));
    const std::string digits = "0123456789abcdefABCDEF";
    const auto at = digits.find(c);
    CHECK(is_hex_digit(c) == (at != std::string::npos));
    if (at != std::string::npos) CHECK(hex_value(c) == static_cast<int>(at < 16 ? at : at - 6));
  }
}

TEST_CASE("a text is ASCII when all of it is") {
  CHECK(is_ascii(""));
  CHECK(is_ascii("a\x7f\n"));
  CHECK_FALSE(is_ascii("a\xc3\xa4"));
  CHECK(is_printable_ascii(""));
  CHECK(is_printable_ascii("a b~"));
  CHECK_FALSE(is_printable_ascii("a\tb"));
  CHECK_FALSE(is_printable_ascii("a\x7f"));
  CHECK_FALSE(is_printable_ascii("\xc3\xa4"));
}
