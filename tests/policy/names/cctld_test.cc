#include "policy/names/cctld.h"

#include "tests/support/catch.h"

namespace ccgate {

TEST_CASE("a ccTLD is the same however it is written") {
  struct Row {
    std::string text;
    std::string want;
  };
  const std::vector<Row> rows = {
      {"fr", "fr"},
      {".fr", "fr"},
      {"FR", "fr"},
      {".FR", "fr"},
      {"рф", "xn--p1ai"},
      {".РФ", "xn--p1ai"},
      {"xn--p1ai", "xn--p1ai"},
      {"\xef\xbc\x8e"
       "fr",
       "fr"},
      {"\xe3\x80\x82"
       "fr",
       "fr"},
      {"\xe2\x80\x8f.\xe2\x80\x8e"
       "fr\xe2\x80\x8e",
       "fr"},
      {"\xc2\xad"
       "fr\xef\xb8\x8f",
       "fr"},
      {"fr\xe2\x80\x8d", ""},  // labels are written with joiners
      {"no", "no"},
      {"", ""},
      {".", ""},
      {"f", ""},
      {"com", ""},
      {"f1", ""},
      {"nic.fr", ""},
      {"..fr", ""},
      {"fr.", ""},
      {"f r", ""},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    const auto label = parse_cctld(row.text);
    CHECK((label ? label->ascii() : "") == row.want);
  }
}

}  // namespace ccgate
