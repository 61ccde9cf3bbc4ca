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

TEST_CASE("4 KiB of a record are read, and more is no fault of its author") {
  const std::string blanks(kSpfRecordOctets - 6, ' ');
  CHECK(std::holds_alternative<SpfRecord>(parse_spf_record("v=spf1" + blanks)));
  const auto over = parse_spf_record("v=spf1" + blanks + " ");
  REQUIRE(std::holds_alternative<SpfRecordFault>(over));
  CHECK(std::get<SpfRecordFault>(over).own_limit);
  CHECK_FALSE(std::get<SpfRecordFault>(parse_spf_record("v=spf1 moo")).own_limit);
}

TEST_CASE("what is evaluated of a record, in the order of evaluation") {
  struct Row {
    const char* record;
    const char* want;
  };
  const auto row = GENERATE(values<Row>({
      {"v=spf1", "v=spf1"},
      {"v=spf1 a  -all", "v=spf1 a -all"},
      {"v=spf1 redirect=other.example a", "v=spf1 a redirect=other.example"},
      {"v=spf1 redirect=other.example a -ALL", "v=spf1 a -all"},
      {"v=spf1 mx -all a:late.example", "v=spf1 mx -all"},
      {"v=spf1 op=x a moo.cow=%{d} ?all", "v=spf1 a ?all"},
      {"v=spf1 exp=exp.nic.xa  ip4:192.0.2.1 -all", "v=spf1 ip4:192.0.2.1 -all"},
      {"v=spf1 exists:%{i}.x=y.example ip6:2001:db8::/32",
       "v=spf1 exists:%{i}.x=y.example ip6:2001:0db8:0000:0000:0000:0000:0000:0000/32"},
      {"v=spf1 +a:foo:bar/baz.nic.xa/24//64 ~mx/0 ptr:nic.xa",
       "v=spf1 a:foo:bar/baz.nic.xa/24//64 ~mx/0 ptr:nic.xa"},
      {"v=spf1 ip6:::ffff:192.0.2.1 ip6:1:: ip6:::1 ip6:2001:DB8::c000:0201",
       "v=spf1 ip6:0000:0000:0000:0000:0000:ffff:c000:0201 ip6:0001:0000:0000:0000:0000:0000:0000:0000 "
       "ip6:0000:0000:0000:0000:0000:0000:0000:0001 ip6:2001:0db8:0000:0000:0000:0000:c000:0201"},
  }));
  INFO(row.record);
  CHECK(to_text(std::get<SpfRecord>(parse_spf_record(row.record))) == row.want);
}

TEST_CASE("addresses of IPv6 that are none") {
  for (const char* text :
       {":", ":::", "1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:", ":1:2:3:4:5:6:7", "1:2:3:4:5:6:7::8", "1::2::3",
        "12345::", "g::", "1.2.3.4::", "::1.2.3.4:5", "::1.2.3", "1:2:3:4:5:6:7:1.2.3.4", "::1%eth0", ""}) {
    INFO(text);
    CHECK(std::holds_alternative<SpfRecordFault>(parse_spf_record(std::string("v=spf1 ip6:") + text)));
  }
  for (const char* text :
       {"::", "1::", "::1", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "1:2:3:4:5:6:1.2.3.4", "::1.2.3.4"}) {
    INFO(text);
    CHECK(std::holds_alternative<SpfRecord>(parse_spf_record(std::string("v=spf1 ip6:") + text)));
  }
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
