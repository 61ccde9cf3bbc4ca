#include "policy/text/text_regions.h"

#include <string>

#include "tests/support/catch.h"

namespace ccgate {
namespace {

/// One letter for each line: own, quoted, signature; `_` for an empty one.
std::string told(std::string_view text) {
  std::string out;
  for (const RegionLine& line : region_lines(text)) {
    const char letter = line.region == TextRegion::own ? 'o' : line.region == TextRegion::quoted ? 'q' : 's';
    out += line.text.empty() ? '_' : letter;
  }
  return out;
}

TEST_CASE("own lines, what is quoted, and signatures") {
  CHECK(told("a\r\n\r\nb") == "o_o");
  CHECK(told("a\n> b\nc") == "oqo");
  CHECK(told("a\n-- \nb\n> c") == "ossq");
  CHECK(told("a\n--\nb") == "oss");
  CHECK(told("a\n\xe2\x80\x94\nb") == "oss");
  CHECK(told("a\n-----Original Message-----\nb\n-- \nc") == "oqqqq");
  CHECK(told("a\n-------- Weitergeleitete Nachricht --------\nb") == "oqq");
  CHECK(told("a\n________________________________\nb") == "oqq");
  CHECK(told("a\nVon: Ben\nGesendet: heute\nb") == "oqqq");
  CHECK(told("From: here\nb") == "oo");
  CHECK(told("a\n-- \nb\n\f\nc") == "oss__o");
  CHECK(told("-----BEGIN PGP SIGNED MESSAGE-----\nHash: x\n\na\n- -- \nb\n-----BEGIN PGP SIGNATURE-----\nc\n"
             "-----END PGP SIGNATURE-----\nd") == "oo_ossssso");
}

TEST_CASE("marks are taken away, and what nobody sees") {
  const auto lines = region_lines("> > a\xc2\xa0x\xe2\x80\x8by");
  REQUIRE(lines.size() == 1);
  CHECK(lines.front().text == "a xy");
}

}  // namespace
}  // namespace ccgate
