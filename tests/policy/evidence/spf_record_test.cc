#include "policy/evidence/spf_record.h"

#include "tests/support/catch.h"

namespace ccgate {

TEST_CASE("an SPF record obeys RFC 7208 section 12 or is a permerror") {
  const std::vector<std::string> good = {"v=spf1",
                                         "V=SPF1 -all",
                                         "v=spf1  ip4:192.0.2.0/24  -all",
                                         "v=spf1 a mx ptr ?all",
                                         "v=spf1 a:nic.xa/24//64 ~all",
                                         "v=spf1 a/24 mx/24//64 a//64 -all",
                                         "v=spf1 ip4:0.0.0.0/0",
                                         "v=spf1 ip6:2001:db8::/32 ip6:::1 ip6:::ffff:192.0.2.1 -all",
                                         "v=spf1 include:_spf.nic.xa redirect=nic.xa",
                                         "v=spf1 exists:%{i}._spf.%{d2} -all",
                                         "v=spf1 exists:%{l1r-}.nic.xa. -all",
                                         "v=spf1 moo=bar exp=exp.nic.xa -all",
                                         "v=spf1 a:%{d} -all",
                                         "v=spf1 include:a%%b.nic.xa -all"};
  for (const std::string& text : good) {
    INFO(text);
    CHECK(std::holds_alternative<SpfRecord>(parse_spf_record(text)));
  }
  const std::vector<std::string> bad = {"v=spf10 -all",
                                        "v=spf1 all:nic.xa",
                                        "v=spf1 a: -all",
                                        "v=spf1 a:/24 -all",
                                        "v=spf1 mx: -all",
                                        "v=spf1 ip4 -all",
                                        "v=spf1 ip4:192.0.2.0/032 -all",
                                        "v=spf1 ip4:192.0.2.0/33 -all",
                                        "v=spf1 ip4:192.0.2 -all",
                                        "v=spf1 ip4:192.0.2.256 -all",
                                        "v=spf1 ip4:192.00.2.1 -all",
                                        "v=spf1 ip6:2001:db8:::1 -all",
                                        "v=spf1 ip6:1:2:3:4:5:6:7:8:9 -all",
                                        "v=spf1 ip6:2001:db8::/129 -all",
                                        "v=spf1 include -all",
                                        "v=spf1 include: -all",
                                        "v=spf1 redirect:nic.xa",
                                        "v=spf1 redirect=nic.xa redirect=nic.xb",
                                        "v=spf1 exp=a.xa exp=b.xa",
                                        "v=spf1 redirect=",
                                        "v=spf1 a:nic.123 -all",
                                        "v=spf1 a:nic -all",
                                        "v=spf1 a:nic.x-  -all",
                                        "v=spf1 exists:%{q}.nic.xa -all",
                                        "v=spf1 exists:%{d0}.nic.xa -all",
                                        "v=spf1 exists:%a.nic.xa -all",
                                        "v=spf1 exists:%{d.nic.xa -all",
                                        "v=spf1 ptr: -all",
                                        "v=spf1 moo -all",
                                        "v=spf1 -",
                                        "v=spf1 a:nic..xa -all",
                                        "v=spf1 \xc3\xa4 -all",
                                        "v=spf1\t-all",
                                        "v=spf1 exp=%{r}.nic.xa -all"};
  for (const std::string& text : bad) {
    INFO(text);
    CHECK(std::holds_alternative<SpfRecordFault>(parse_spf_record(text)));
  }
  CHECK(std::holds_alternative<SpfRecordFault>(parse_spf_record("v=spf1 a:" + std::string(3000, 'a'))));
}

TEST_CASE("what a caller needs of a record") {
  const auto record = [](const std::string& text) { return std::get<SpfRecord>(parse_spf_record(text)); };
  CHECK(record("v=spf1 exp=exp.nic.xa  ip4:192.0.2.1 -all").text == "v=spf1 ip4:192.0.2.1 -all");
  const SpfRecord full =
      record("v=spf1 a a:www.nic.xa mx mx:mail.nic.xa include:%{d}.x.xa include:i.xa redirect=r.xa");
  CHECK(full.lookups_txt == std::vector<std::string>{"i.xa", "r.xa"});
  CHECK(full.lookups_addr == std::vector<std::string>{"", "www.nic.xa"});
  CHECK(full.lookups_mx == std::vector<std::string>{"", "mail.nic.xa"});
}

TEST_CASE("a record that lets everybody pass is found") {
  const auto everybody = [](const std::string& text) {
    return std::get<SpfRecord>(parse_spf_record(text)).passes_everybody;
  };
  CHECK(everybody("v=spf1 +all"));
  CHECK(everybody("v=spf1 all"));
  CHECK(everybody("v=spf1 ip4:0.0.0.0/0 -all"));
  CHECK(everybody("v=spf1 ip4:0.0.0.0/1 ip4:128.0.0.0/1 -all"));
  CHECK(everybody("v=spf1 ip4:0.0.0.0/2 ip4:64.0.0.0/2 -all"));
  CHECK(everybody("v=spf1 ip6:::/0 -all"));
  CHECK(everybody("v=spf1 a/0 -all"));
  CHECK_FALSE(everybody("v=spf1 ip4:0.0.0.0/2 ip4:0.0.0.0/2 -all"));
  CHECK_FALSE(everybody("v=spf1 -all +all"));
  CHECK_FALSE(everybody("v=spf1 ?all"));
  CHECK_FALSE(everybody("v=spf1 -ip4:0.0.0.0/0 ip4:192.0.2.0/24 -all"));
}

TEST_CASE("where a domain-spec ends") {
  struct Row {
    const char* text;
    bool want;
  };
  const std::vector<Row> rows = {
      {"v=spf1 a:foo:bar/baz.nic.xa -all", true},  // colons and slashes are literals
      {"v=spf1 a:foo:bar/baz.nic.xa/24//64 -all", true},
      {"v=spf1 a:%{d/}/24 -all", true},
      {"v=spf1 a:%{d}//64 -all", true},
      {"v=spf1 exists:nic.xa%% -all", true},  // a macro-expand at the end, if an odd one
      {"v=spf1 exists:%_ -all", true},
      {"v=spf1 a:nic.xa} -all", false},  // a brace alone is none
      {"v=spf1 a:nic} -all", false},
      {"v=spf1 a:%{d}x -all", false},
      {"v=spf1 a:%{d}.xa -all", true},
      {"v=spf1 a:%{d.}com -all", false},
      {"v=spf1 a:nic.xa// -all", false},
      {"v=spf1 a:nic.xa/ -all", false},
      {"v=spf1 a//064 -all", false},
      {"v=spf1 a//129 -all", false},
      {"v=spf1 a/33 -all", false},
      {"v=spf1 a/24/64 -all", false},
      {"v=spf1 a//64/24 -all", false},
      {"v=spf1 a///24 -all", false},
      {"v=spf1 a/0 mx//0 ?all", true},
      {"v=spf1 a:192.0.2.1 -all", false},
      {"v=spf1 include:nic.xa/24 -all", false},
      {"v=spf1 foo=%{c}%{r}%{t} -all", true},  // nobody knows foo=: it may hold an explanation
      {"v=spf1 foo=%{x} -all", false},
      {"v=spf1 foo= -all", true},
      {"v=spf1 exists:%{t}.nic.xa -all", false},
      {"v=spf1 a.b-c_1=x -all", true},
      {"v=spf1 1a=x -all", false},
      {"v=spf1 +redirect=nic.xa", false},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(std::holds_alternative<SpfRecord>(parse_spf_record(row.text)) == row.want);
  }
}

}  // namespace ccgate
