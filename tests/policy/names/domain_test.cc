#include "policy/names/domain.h"

#include "tests/support/catch.h"
#include "tests/support/values.h"

namespace ccgate {

using namespace test;

TEST_CASE("a domain is read as lower-case A-labels or not at all") {
  struct Row {
    std::string text;
    std::string want;  // empty: refused
  };
  const std::string label63(63, 'a'), label64(64, 'a');
  const std::vector<Row> rows = {
      {"nic.xa", "nic.xa"},
      {"NIC.XA", "nic.xa"},
      {"xa", "xa"},
      {"xn--p1ai", "xn--p1ai"},
      {"XN--P1AI", "xn--p1ai"},
      {"рф", "xn--p1ai"},
      {"РФ", "xn--p1ai"},
      {"пример.рф", "xn--e1afmkfd.xn--p1ai"},
      {"bücher.example", "xn--bcher-kva.example"},
      {"BÜCHER.example", "xn--bcher-kva.example"},
      {label63 + ".example", label63 + ".example"},
      {label64 + ".example", ""},
      {"", ""},
      {".", ""},
      {".nic.xa", ""},
      {"nic..xa", ""},
      {"nic.xa.", ""},
      {"-nic.xa", ""},
      {"nic-.xa", ""},
      {"n_c.xa", ""},
      {"nic xa", ""},
      {"nic.xa\n", ""},
      {std::string("nic\0.xa", 7), ""},
      {"nic\xc2\xa0.xa", ""},  // no-break space
      {"ni\xc2\xad"
       "c.xa",
       ""},  // soft hyphen
      {"ni\xe2\x80\x8b"
       "c.xa",
       ""},                       // zero width space
      {"nic\xef\xbc\x8exa", ""},  // fullwidth dot inside a name: two readings
      {"\xef\xbd\x8eic.xa", ""},  // fullwidth n: maps to ASCII
      {"ε λ.xa", ""},
      {"xn--.xa", ""},
      {"xn--a.xa", ""},
      {"xn--zzzzzzzzzz99999.xa", ""},
      {"ab--cd.xa", ""},
      {"\xff\xfe.xa", ""},
      {std::string(300, 'a'), ""},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    const auto domain = Domain::parse(row.text);
    CHECK((domain ? domain->ascii() : "") == row.want);
    if (domain) CHECK(Domain::parse(domain->unicode()) == domain);
  }
}

TEST_CASE("names below a name") {
  const auto is_within = [](const char* name, const char* ancestor) {
    return Domain::parse(name)->is_within(*Domain::parse(ancestor));
  };
  CHECK(is_within("nic.xa", "nic.xa"));
  CHECK(is_within("mail.nic.xa", "nic.xa"));
  CHECK_FALSE(is_within("evilnic.xa", "nic.xa"));
  CHECK_FALSE(is_within("nic.xa", "mail.nic.xa"));
}

TEST_CASE("reading a U-label changes letter case and nothing else") {
  struct Row {
    const char* story;
    std::string text;
    std::string want;
  };
  const std::vector<Row> rows = {
      {"decomposed",
       "bu\xcc\x88"
       "cher.example",
       ""},
      {"decomposed capitals",
       "BU\xcc\x88"
       "CHER.example",
       ""},
      // One character gone and one become two: the length alone tells nothing.
      {"soft hyphen and ligature", "b\xc3\xbc\xc2\xad\xef\xac\x81.example", ""},
      {"zero width space and ligature", "b\xc3\xbc\xe2\x80\x8b\xef\xac\x81.example", ""},
      {"a fullwidth letter beside others", "b\xc3\xbc\xef\xbd\x83.example", ""},
      {"Kelvin sign", "b\xc3\xbc\xe2\x84\xaa.example", ""},
      {"superscript two", "b\xc3\xbc\xc2\xb2.example", ""},
      {"ideographic full stop inside",
       "b\xc3\xbc\xe3\x80\x82"
       "example",
       ""},
      {"final sigma stays itself", "ας.example", "xn--mxa8a.example"},
      {"sharp s stays itself", "straße.example", "xn--strae-oqa.example"},
      {"Greek capitals", "ΑΒΓ.example", "xn--mxacd.example"},
      {"a joiner where none may be", "b\xc3\xbc\xe2\x80\x8d.example", ""},
      {"letters of both directions", "a\xd7\x90.example", ""},
      {"an emoji", "\xf0\x9f\x98\x80.example", ""},
      {"an emoji as A-label", "xn--e28h.example", ""},
      {"an A-label of plain ASCII", "xn--nic-.example", ""},
      {"an A-label that hides capitals", "xn--BCHER-KVA.example", "xn--bcher-kva.example"},
  };
  for (const Row& row : rows) {
    INFO(row.story);
    const auto domain = Domain::parse(row.text);
    CHECK((domain ? domain->ascii() : "") == row.want);
  }
}

TEST_CASE("the length of a name counts its A-labels") {
  const std::string label(62, 'a');
  const std::string name = label + "." + label + "." + label + "." + label;  // 251
  CHECK(Domain::parse(name + ".a"));
  CHECK_FALSE(Domain::parse(name + ".aa"));
  CHECK_FALSE(Domain::parse(name + ".\xc3\xbc"));  // 253 as written, 259 as A-labels
}

}  // namespace ccgate
