#include "policy/evidence/spf_macro.h"

#include "tests/support/catch.h"

namespace ccgate {

TEST_CASE("macros stand for what RFC 7208 section 7.4 says") {
  // The values of that section's examples.
  using namespace std::string_literals;
  const std::string v4{'\xc0', '\0', '\x02', '\x03'};
  const std::string v6 = "\x20\x01\x0d\xb8"s + std::string(10, '\0') + "\xcb\x01"s;
  const SpfMacroValues values{"strong-bad", "email.example.com", "email.example.com", v4, "mx.example.org"};
  SpfMacroValues over_ip6 = values;
  over_ip6.address = v6;
  struct Row {
    const char* spec;
    const char* want;
  };
  for (const Row& row : std::vector<Row>{
           {"%{s}", "strong-bad@email.example.com"},
           {"%{o}", "email.example.com"},
           {"%{d}", "email.example.com"},
           {"%{d4}", "email.example.com"},
           {"%{d3}", "email.example.com"},
           {"%{d2}", "example.com"},
           {"%{d1}", "com"},
           {"%{dr}", "com.example.email"},
           {"%{d2r}", "example.email"},
           {"%{l}", "strong-bad"},
           {"%{l-}", "strong.bad"},
           {"%{lr}", "strong-bad"},
           {"%{lr-}", "bad.strong"},
           {"%{l1r-}", "strong"},
           {"%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"},
           {"%{lr-}.lp._spf.%{d2}", "bad.strong.lp._spf.example.com"},
           {"%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}", "3.2.0.192.in-addr.strong.lp._spf.example.com"},
           {"%{d2}.trusted-domains.example.net", "example.com.trusted-domains.example.net"},
           {"%{h}.%{p}.", "mx.example.org.unknown"},
           {"%%%_%-", "% %20"},
           {"%{S}", "strong-bad%40email.example.com"},
       }) {
    INFO(row.spec);
    CHECK(expand_macros(row.spec, values) == row.want);
  }
  CHECK(expand_macros("%{ir}.%{v}", over_ip6) ==
        "1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6");
}

TEST_CASE("which macros a domain-spec has") {
  CHECK(uses_macro("%{L1r-}.example", "sl"));
  CHECK_FALSE(uses_macro("%{d}.s.example", "sl"));
  CHECK_FALSE(uses_macro("%%{s}.example", "s"));
}

TEST_CASE("a name has 253 octets at most, in whole labels") {
  const std::string label(50, 'a');
  const std::string name = label + "." + label + "." + label + "." + label + "." + label;  // 254
  CHECK(expand_macros(name, {}) == name.substr(51));
  CHECK(expand_macros("b" + name, {}) == name.substr(51));
  CHECK(expand_macros(name.substr(1) + ".", {}) == name.substr(1));
  CHECK(expand_macros(std::string(300, 'a'), {}).size() == 300);
}

}  // namespace ccgate
