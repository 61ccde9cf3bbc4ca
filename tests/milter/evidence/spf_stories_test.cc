// SPF to the letter: what RFC 7208 says of each mechanism, macro and limit, told as short stories.
#include "milter/evidence/spf.h"

#include "milter/evidence/dns_zone.h"
#include "tests/support/catch.h"

using namespace ccgate;

namespace {

struct SpfStory {
  const char* story;
  const char* zone;  ///< lines: a name, a type, data; FAIL: there is no answer
  AuthResult want;
  const char* client = "192.0.2.25";
  const char* mail_from = "anne@nic.example";
  const char* helo = "mx.nic.example";
};

void add_line(ZoneResolver& zone, std::string_view line) {
  const auto word = [&line] {
    const std::string_view taken = line.substr(0, line.find(' '));
    line.remove_prefix(std::min(taken.size() + 1, line.size()));
    return taken;
  };
  const std::string_view name = word();
  const auto type = parse_rr_type(word());
  REQUIRE(type);
  if (line == "FAIL") {
    zone.fail(name, &*type);
  } else {
    REQUIRE(zone.add(name, *type, line));
  }
}

void check_stories(const std::vector<SpfStory>& stories) {
  for (const SpfStory& row : stories) {
    INFO(row.story);
    ZoneResolver zone;
    for (std::string_view text = row.zone; !text.empty();) {
      const std::string_view line = text.substr(0, text.find('\n'));
      text.remove_prefix(std::min(line.size() + 1, text.size()));
      add_line(zone, line);
    }
    DnsBatch dns(zone, std::chrono::steady_clock::time_point::max());
    const auto client = ClientAddress::parse(row.client);
    const auto mail_from = Address::parse(row.mail_from);
    REQUIRE(client);
    REQUIRE(mail_from);
    const SpfEvidence evidence = check_spf(*client, row.helo, *mail_from, dns);
    INFO(evidence.why);
    CHECK(evidence.result == row.want);
  }
}

constexpr const char* kIp6 = "2001:db8:25::25";

}  // namespace

TEST_CASE("the terms of a record, told as stories") {
  using enum AuthResult;
  check_stories({
      // 4.5, 4.6: the record
      {"terms may stand far apart, and end in blanks", "nic.example TXT v=spf1  ip4:192.0.2.25   -all  ",
       pass},
      {"no blank behind the version", "nic.example TXT v=spf10 -all", none},
      {"a tab is no blank", "nic.example TXT v=spf1\t-all", none},
      {"what is only like a record", "nic.example TXT v=spf1-all\nnic.example TXT V=SPF1 -all", fail},
      {"a fault behind the match", "nic.example TXT v=spf1 ip4:192.0.2.25 moo", permerror},
      {"words in any letter case", "nic.example TXT v=spf1 IP4:192.0.2.25 -ALL", pass},
      {"no directive matches", "nic.example TXT v=spf1 ip4:192.0.2.26", neutral},
      {"modifiers between mechanisms", "nic.example TXT v=spf1 moo=1 ip4:192.0.2.25 -all cow=%{i}", pass},
      {"a modifier with a mechanism's name", "nic.example TXT v=spf1 a=b ip4:192.0.2.25", pass},
      {"a modifier with an odd name", "nic.example TXT v=spf1 =b ip4:192.0.2.25", permerror},
      // 5.1
      {"nothing behind all is evaluated", "nic.example TXT v=spf1 ?all -ip4:192.0.2.25", neutral},
      {"but it is read", "nic.example TXT v=spf1 ?all moo:1", permerror},
      {"all with a domain", "nic.example TXT v=spf1 -all:nic.example", permerror},
      {"all with a prefix length", "nic.example TXT v=spf1 -all/8", permerror},
      // 5.2
      {"an include that fails is no match",
       "nic.example TXT v=spf1 include:i.example ~all\ni.example TXT v=spf1 -all", softfail},
      {"nor one that is neutral", "nic.example TXT v=spf1 include:i.example ~all\ni.example TXT v=spf1 ?all",
       softfail},
      {"the qualifier of an include is that of a match",
       "nic.example TXT v=spf1 ?include:i.example -all\ni.example TXT v=spf1 ip4:192.0.2.25 -all", neutral},
      {"an include of a broken record",
       "nic.example TXT v=spf1 include:i.example -all\ni.example TXT v=spf1 include +all", permerror},
      {"an include with a prefix length", "nic.example TXT v=spf1 include:i.example/24 -all", permerror},
      {"an include of itself", "nic.example TXT v=spf1 include:nic.example", permerror},
      {"two that include each other",
       "nic.example TXT v=spf1 include:i.example\ni.example TXT v=spf1 include:nic.example", permerror},
      // 5.3, 5.4
      {"a, any of several",
       "nic.example TXT v=spf1 a -all\nnic.example A 192.0.2.1\nnic.example A 192.0.2.25", pass},
      {"a of the other family", "nic.example TXT v=spf1 a -all\nnic.example AAAA 2001:db8::1", fail},
      {"a with a network", "nic.example TXT v=spf1 a/24 -all\nnic.example A 192.0.2.1", pass},
      {"a with a network of each family, IPv4",
       "nic.example TXT v=spf1 a/24//64 -all\nnic.example A 192.0.2.1\nnic.example AAAA 2001:db8:25::1",
       pass},
      {"a with a network of each family, IPv6",
       "nic.example TXT v=spf1 a/24//64 -all\nnic.example A 192.0.2.1\nnic.example AAAA 2001:db8:25::1", pass,
       kIp6},
      {"a network of the other family alone",
       "nic.example TXT v=spf1 a//64 -all\nnic.example A 192.0.2.1\nnic.example AAAA 2001:db8:25::1", fail},
      {"a network of the other family alone, IPv6",
       "nic.example TXT v=spf1 a/24 -all\nnic.example A 192.0.2.1\nnic.example AAAA 2001:db8:25::1", fail,
       kIp6},
      {"a/0 is everybody where there is a host",
       "nic.example TXT v=spf1 ~a/0 -all\nnic.example A 198.51.100.1", softfail},
      {"a/0 is nobody where there is none", "nic.example TXT v=spf1 ~a/0 -all", fail},
      {"a//0 is no network of IPv4",
       "nic.example TXT v=spf1 ~a//0 -all\nnic.example A 198.51.100.1\nnic.example AAAA 2001:db8::1", fail},
      {"a//0 over IPv6", "nic.example TXT v=spf1 ~a//0 -all\nnic.example AAAA 2001:db8::1", softfail, kIp6},
      {"mx/0", "nic.example TXT v=spf1 ?mx/0 -all\nnic.example MX 10 m.example\nm.example A 198.51.100.1",
       neutral},
      {"mx/0 of a host without an address", "nic.example TXT v=spf1 ?mx/0 -all\nnic.example MX 10 m.example",
       fail},
      {"mx//0 over IPv6",
       "nic.example TXT v=spf1 ?mx//0 -all\nnic.example MX 10 m.example\nm.example AAAA 2001:db8::1", neutral,
       kIp6},
      {"an mx without MX does not fall back on A", "nic.example TXT v=spf1 mx -all\nnic.example A 192.0.2.25",
       fail},
      {"colons and slashes in a name",
       "nic.example TXT v=spf1 a:a:b/c.example -all\na:b/c.example A 192.0.2.25", pass},
      {"in the name of an mx, and of its host",
       "nic.example TXT v=spf1 mx:a:b/c.example -all\na:b/c.example MX 10 d:e/f.example\nd:e/f.example A "
       "192.0.2.25",
       pass},
      {"a port is no name", "nic.example TXT v=spf1 a:nic.example:25 -all", permerror},
      {"an address is no name", "nic.example TXT v=spf1 a:192.0.2.25 -all", permerror},
      {"a host of the root", "nic.example TXT v=spf1 a:museum -all", permerror},
      {"a final dot", "nic.example TXT v=spf1 a:h.example. -all\nh.example A 192.0.2.25", pass},
      {"a top label that is an A-label", "nic.example TXT v=spf1 a:h.xn--p1ai -all\nh.xn--p1ai A 192.0.2.25",
       pass},
      // 5.5
      {"ptr of the domain itself",
       "nic.example TXT v=spf1 ptr -all\n25.2.0.192.in-addr.arpa PTR nic.example\nnic.example A 192.0.2.25",
       pass},
      {"ptr of another domain",
       "nic.example TXT v=spf1 ptr:H.Example -all\n25.2.0.192.in-addr.arpa PTR mx.h.eXample\nmx.h.example A "
       "192.0.2.25",
       pass},
      {"a name that only ends alike",
       "nic.example TXT v=spf1 ptr -all\n25.2.0.192.in-addr.arpa PTR panic.example\npanic.example A "
       "192.0.2.25",
       fail},
      {"a name that does not lead back",
       "nic.example TXT v=spf1 ptr -all\n25.2.0.192.in-addr.arpa PTR mx.nic.example\nmx.nic.example A "
       "192.0.2.26",
       fail},
      {"ptr over IPv6",
       "nic.example TXT v=spf1 ptr -all\n"
       "5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.5.2.0.0.8.b.d.0.1.0.0.2.ip6.arpa PTR mx.nic.example\n"
       "mx.nic.example AAAA 2001:db8:25::25",
       pass, kIp6},
      {"ptr with a prefix length", "nic.example TXT v=spf1 ptr/24 -all", permerror},
      {"ptr with an empty domain", "nic.example TXT v=spf1 ptr: -all", permerror},
      // 5.6
      {"a network of 24 bits", "nic.example TXT v=spf1 ip4:192.0.2.77/24 -all", pass},
      {"every address", "nic.example TXT v=spf1 -ip4:192.0.2.1/0 ?all", fail},
      {"every address of the other family", "nic.example TXT v=spf1 -ip6:::/0 ?all", neutral},
      {"every address, over IPv6", "nic.example TXT v=spf1 -ip6:::/0 ?all", fail, kIp6},
      {"every IPv4 address, over IPv6", "nic.example TXT v=spf1 -ip4:0.0.0.0/0 ?all", neutral, kIp6},
      {"a mapped address is an IPv4 one", "nic.example TXT v=spf1 ip6:::ffff:192.0.2.25 ip4:192.0.2.25 -all",
       pass, "::ffff:192.0.2.25"},
      {"and never an IPv6 one", "nic.example TXT v=spf1 ip6:::ffff:192.0.2.25 -all", fail,
       "::ffff:192.0.2.25"},
      {"an IPv4 address at the end of an IPv6 one", "nic.example TXT v=spf1 ip6:2001:db8:25::0.0.0.37 -all",
       pass, kIp6},
      {"33 bits", "nic.example TXT v=spf1 ip4:192.0.2.0/33", permerror},
      {"a port", "nic.example TXT v=spf1 ip4:192.0.2.25:25 -all", permerror},
      {"half an address", "nic.example TXT v=spf1 ip4:192.0 -all", permerror},
      // 5.7
      {"exists asks for A, whatever the client has",
       "nic.example TXT v=spf1 ?exists:e.example -all\ne.example A 127.0.0.2", neutral, kIp6},
      {"exists, and only AAAA is there",
       "nic.example TXT v=spf1 exists:e.example -all\ne.example AAAA 2001:db8::1", fail, kIp6},
      {"exists with a prefix length", "nic.example TXT v=spf1 exists:e.example/24 -all", permerror},
      // 6
      {"redirect= is evaluated last",
       "nic.example TXT v=spf1 redirect=r.example ?ip4:192.0.2.25\nr.example TXT v=spf1 -all", neutral},
      {"redirect= to a record that is neutral",
       "nic.example TXT v=spf1 redirect=r.example\nr.example TXT v=spf1", neutral},
      {"redirect= in a loop", "nic.example TXT v=spf1 ip4:192.0.2.1 redirect=nic.example", permerror},
      {"redirect= twice", "nic.example TXT v=spf1 redirect=r.example redirect=r.example", permerror},
      {"exp= is never followed", "nic.example TXT v=spf1 -all exp=e.example\ne.example TXT FAIL", fail},
      {"exp= twice", "nic.example TXT v=spf1 exp=e.example -all exp=e.example", permerror},
      {"exp= of a macro that is not for names", "nic.example TXT v=spf1 -all exp=%{r}.example", permerror},
  });
}

TEST_CASE("macros, told as stories") {
  using enum AuthResult;
  check_stories({
      {"the domain of the record that is evaluated",
       "nic.example TXT v=spf1 redirect=%{d}.d.example.\nnic.example.d.example TXT v=spf1 "
       "include:%{d}.i.example -all\n"
       "nic.example.d.example.i.example TXT v=spf1 ip4:192.0.2.25",
       pass},
      {"the domain of the sender stays",
       "nic.example TXT v=spf1 include:i.example -all\n"
       "i.example TXT v=spf1 exists:%{o}.%{i}.x.example\nnic.example.192.0.2.25.x.example A 127.0.0.2",
       pass},
      {"the whole sender is one label and more",
       "nic.example TXT v=spf1 ?exists:%{s}.x.example -all\nanne@nic.example.x.example A 127.0.0.2", neutral},
      {"the address", "nic.example TXT v=spf1 exists:%{i}.x.example -all\n192.0.2.25.x.example A 127.0.0.2",
       pass},
      {"the address turned around",
       "nic.example TXT v=spf1 exists:%{ir}.%{v}.x.example -all\n25.2.0.192.in-addr.x.example A 127.0.0.2",
       pass},
      {"the address over IPv6",
       "nic.example TXT v=spf1 exists:%{i}.%{v}.x.example -all\n"
       "2.0.0.1.0.d.b.8.0.0.2.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.2.5.ip6.x.example A 127.0.0.2",
       pass, kIp6},
      {"the last labels",
       "nic.example TXT v=spf1 ?exists:%{d1}.x.example -all\nexample.x.example A 127.0.0.2", neutral},
      {"the first labels", "nic.example TXT v=spf1 ?exists:%{o1r}.x.example -all\nnic.x.example A 127.0.0.2",
       neutral},
      {"more labels than there are",
       "nic.example TXT v=spf1 ?exists:%{d9}.x.example -all\nnic.example.x.example A 127.0.0.2", neutral},
      {"so many that nobody can count them",
       "nic.example TXT v=spf1 ?exists:%{d99999999999999999999999}.x.example -all\nnic.example.x.example A "
       "127.0.0.2",
       neutral},
      {"no labels at all", "nic.example TXT v=spf1 exists:%{d0}.x.example -all", permerror},
      {"a local part, split at hyphens",
       "nic.example TXT v=spf1 ?exists:%{l2r-}.x.example -all\nben.anne.x.example A 127.0.0.2", neutral,
       "192.0.2.25", "anne-ben-list@nic.example"},
      {"at several marks",
       "nic.example TXT v=spf1 ?exists:%{lr+-=}.x.example -all\nd.c.b.a.x.example A 127.0.0.2", neutral,
       "192.0.2.25", "a+b-c=d@nic.example"},
      {"a detail cut off",
       "nic.example TXT v=spf1 ?exists:%{l1r+}._l.x.example -all\niana._l.x.example A 127.0.0.2", neutral,
       "192.0.2.25", "iana+tld-ops@nic.example"},
      {"a letter in upper case is for URIs",
       "nic.example TXT v=spf1 ?exists:%{L}.x.example -all\n~jack%26jill%3Dup-a_b3.x.example A 127.0.0.2",
       neutral, "192.0.2.25", "~jack&jill=up-a_b3@nic.example"},
      {"marks that stand for others",
       "nic.example TXT v=spf1 ?exists:a%%b%_c%-d.x.example -all\na%b\\032c%20d.x.example A 127.0.0.2",
       neutral},
      {"a mark that stands for none", "nic.example TXT v=spf1 exists:a%b.x.example -all", permerror},
      {"brackets that are no braces", "nic.example TXT v=spf1 -exists:%(ir).x.example ?all", permerror},
      {"a letter that is no macro", "nic.example TXT v=spf1 exists:%{a}.x.example -all", permerror},
      {"the greeting", "nic.example TXT v=spf1 ?a:%{H} -all\nmx.nic.example A 192.0.2.25", neutral},
      {"a greeting with an underscore",
       "nic.example TXT v=spf1 include:%{i}._ip.%{h}._ehlo.%{d}._spf.example ~all\n"
       "192.0.2.25._ip.mx_out1.nic.example._ehlo.nic.example._spf.example TXT v=spf1 ip4:192.0.2.25 -all",
       pass, "192.0.2.25", "anne@nic.example", "mx_out1.nic.example"},
      {"a greeting that is an address",
       "nic.example TXT v=spf1 ?exists:%{h}.x.example -all\n[192.0.2.25].x.example A 127.0.0.2", neutral,
       "192.0.2.25", "anne@nic.example", "[192.0.2.25]"},
      {"a greeting of one word",
       "nic.example TXT v=spf1 ?exists:%{h}.x.example -all\nlocalhost.x.example A 127.0.0.2", neutral,
       "192.0.2.25", "anne@nic.example", "LOCALHOST"},
      {"a greeting with a macro in it is text",
       "nic.example TXT v=spf1 ?exists:%{h}.x.example -all\n%{i}.x.example A 127.0.0.2", neutral,
       "192.0.2.25", "anne@nic.example", "%{i}"},
      {"a greeting that looks escaped is not",
       "nic.example TXT v=spf1 exists:%{h}.x.example -all\nm.x.example A 127.0.0.2", fail, "192.0.2.25",
       "anne@nic.example", "\\109"},
      {"whoever greets with the right name is not refused",
       "nic.example TXT v=spf1 -include:_h.%{d2} ip4:192.0.2.0/24 -all\n_h.nic.example TXT v=spf1 -a:%{h} "
       "+all\n"
       "mx.nic.example A 192.0.2.25",
       pass},
      {"whoever does not is",
       "nic.example TXT v=spf1 -include:_h.%{d2} ip4:192.0.2.0/24 -all\n_h.nic.example TXT v=spf1 -a:%{h} "
       "+all",
       fail},
      {"the validated name is the domain's own, where there is one",
       "nic.example TXT v=spf1 exists:%{p}.x.example -all\n25.2.0.192.in-addr.arpa PTR h.example\n"
       "25.2.0.192.in-addr.arpa PTR mx.nic.example\nh.example A 192.0.2.25\nmx.nic.example A 192.0.2.25\n"
       "mx.nic.example.x.example A 127.0.0.2",
       pass},
      {"any name that leads back",
       "nic.example TXT v=spf1 exists:%{p}.x.example -all\n25.2.0.192.in-addr.arpa PTR h.example\n"
       "h.example A 192.0.2.25\nh.example.x.example A 127.0.0.2",
       pass},
      {"none",
       "nic.example TXT v=spf1 exists:%{p}.x.example -all\n25.2.0.192.in-addr.arpa PTR h.example\n"
       "unknown.x.example A 127.0.0.2",
       pass},
      {"a name that is too long loses labels at the left",
       "nic.example TXT v=spf1 "
       "?exists:cut.away.%{d}.%{d}.%{d}.%{d}.%{d}.%{d}.%{d}.%{d}.%{d}.%{d}.%{d}.%{d}.%{d}.%{d}.%{d}."
       "%{d}.%{d}.%{d}.%{d}.%{d}.x.example -all\n"
       "nic.example.nic.example.nic.example.nic.example.nic.example.nic.example.nic.example.nic.example.nic."
       "example."
       "nic.example.nic.example.nic.example.nic.example.nic.example.nic.example.nic.example.nic.example.nic."
       "example."
       "nic.example.nic.example.x.example A 127.0.0.2",
       neutral},
      {"a local part that is not ASCII matches nothing",
       "nic.example TXT v=spf1 exists:%{l}.x.example include:%{s}.x.example ip4:192.0.2.25 -all", pass,
       "192.0.2.25", "\xC3\xA4nne@nic.example"},
      {"and is no matter to other terms",
       "nic.example TXT v=spf1 include:%{o}.x.example -all\nnic.example.x.example TXT v=spf1 ip4:192.0.2.25",
       pass, "192.0.2.25", "\xC3\xA4nne@nic.example"},
  });
}

TEST_CASE("limits, told as stories") {
  using enum AuthResult;
  check_stories({
      {"ten terms that ask",
       "nic.example TXT v=spf1 a mx a mx a mx a mx a ptr ip4:192.0.2.25 -all\nnic.example A 198.51.100.1\n"
       "nic.example MX 10 nic.example\n25.2.0.192.in-addr.arpa PTR h.example",
       pass},
      {"eleven",
       "nic.example TXT v=spf1 a mx a mx a mx a mx a ptr a ip4:192.0.2.25 -all\nnic.example A 198.51.100.1\n"
       "nic.example MX 10 nic.example\n25.2.0.192.in-addr.arpa PTR h.example",
       permerror},
      {"eleven, behind the match", "nic.example TXT v=spf1 ip4:192.0.2.25 a a a a a a a a a a a a -all",
       pass},
      {"ten, with those of an include",
       "nic.example TXT v=spf1 a include:i.example ip4:192.0.2.25 a -all\nnic.example A 198.51.100.1\n"
       "i.example TXT v=spf1 a a a a a a a a\ni.example A 198.51.100.1",
       pass},
      {"eleven, with those of an include",
       "nic.example TXT v=spf1 a include:i.example a ip4:192.0.2.25 -all\nnic.example A 198.51.100.1\n"
       "i.example TXT v=spf1 a a a a a a a a\ni.example A 198.51.100.1",
       permerror},
      {"the macro p asks too",
       "nic.example TXT v=spf1 a a a a a a a a a exists:%{p}.x.example ip4:192.0.2.25 -all\nnic.example A "
       "198.51.100.1\n25.2.0.192.in-addr.arpa PTR h.example",
       permerror},
      {"two names without an address", "nic.example TXT v=spf1 a:b.example a:c.example ip4:192.0.2.25 -all",
       pass},
      {"three", "nic.example TXT v=spf1 a:b.example a:c.example a:d.example ip4:192.0.2.25 -all", permerror},
      {"hosts of an mx without an address of this family are no void terms",
       "nic.example TXT v=spf1 mx exists:%{i}.no.example ip6:2001:db8:25::/48 -all\n"
       "nic.example MX 10 a.example\nnic.example MX 10 b.example\nnic.example MX 10 c.example\na.example A "
       "198.51.100.1\n"
       "b.example A 198.51.100.2\nc.example A 198.51.100.3",
       pass, kIp6},
      {"terms without an address of this family are",
       "nic.example TXT v=spf1 a:a.example a:b.example a:c.example ip6:2001:db8:25::/48 -all\na.example A "
       "198.51.100.1\n"
       "b.example A 198.51.100.2\nc.example A 198.51.100.3",
       permerror, kIp6},
      {"a chain of includes with macros",
       "nic.example TXT v=spf1 include:%{d}.a.example ~all\n"
       "nic.example.a.example TXT v=spf1 include:%{ir}._i.%{d3}.b.example exists:%{l1r+}._l.%{o}.b.example "
       "?all\n"
       "25.2.0.192._i.example.a.example.b.example TXT v=spf1 ip4:192.0.2.0/28 -all\n"
       "iana._l.nic.example.b.example A 127.0.0.2",
       none, "192.0.2.25", "iana+tld-ops@nic.example"},
  });
}

TEST_CASE("records up to 4 KiB are read") {
  const auto of_size = [](std::size_t octets) {
    std::string record = "v=spf1 ip4:192.0.2.25";
    while (record.size() + 20 < octets) record += " ip4:198.51.100.1";
    return record + std::string(octets - record.size(), ' ');
  };
  const auto check = [](const std::string& record) {
    ZoneResolver zone;
    REQUIRE(zone.add("nic.example", RrType::txt, record));
    DnsBatch dns(zone, std::chrono::steady_clock::time_point::max());
    return check_spf(*ClientAddress::parse("192.0.2.25"), "mx.nic.example",
                     *Address::parse("anne@nic.example"), dns);
  };
  CHECK(check(of_size(4096)).result == AuthResult::pass);
  const SpfEvidence over = check(of_size(4097));
  CHECK(over.result == AuthResult::policy);
  CHECK(over.why == "the SPF record of nic.example is longer than this server reads");

  std::string last = "v=spf1";
  while (last.size() < 4000) last += " ip4:198.51.100.1";
  CHECK(check(last + " ip4:192.0.2.25 -all").result == AuthResult::pass);
  CHECK(check(last + " -all").result == AuthResult::fail);
  std::string names = "v=spf1";
  while (names.size() < 4000) names += " a:a-long-name-without-any-address.nic.example";
  CHECK(check(names + " -all").result == AuthResult::permerror);
}

TEST_CASE("an evaluation that lets everybody pass is no evidence, one record of it may") {
  using enum AuthResult;
  check_stories({
      {"a quarter in each of two records",
       "nic.example TXT v=spf1 include:i.example ip4:128.0.0.0/2 -all\ni.example TXT v=spf1 ip4:192.0.0.0/2",
       none},
      {"a quarter twice",
       "nic.example TXT v=spf1 include:i.example ip4:192.0.0.0/2 -all\ni.example TXT v=spf1 ip4:192.0.0.0/2",
       pass},
      {"an include that everybody passes",
       "nic.example TXT v=spf1 include:i.example -all\ni.example TXT v=spf1 +all", none},
      {"one that everybody passes, and that is no pass",
       "nic.example TXT v=spf1 ?include:i.example ip4:192.0.2.25 -all\ni.example TXT v=spf1 +all", neutral},
      {"one that counts against others",
       "nic.example TXT v=spf1 -include:i.example ip4:192.0.2.25 -all\ni.example TXT v=spf1 "
       "-ip4:192.0.2.0/24 +all",
       pass},
      {"redirect= to a record that everybody passes",
       "nic.example TXT v=spf1 ip4:198.51.100.1 redirect=r.example\nr.example TXT v=spf1 +all", none},
      {"everybody but some", "nic.example TXT v=spf1 -ip4:198.51.100.0/24 +all", none},
      {"nobody is left for all", "nic.example TXT v=spf1 ip4:192.0.2.25 -ip4:0.0.0.0/0 -ip6:::/0 +all", pass},
      {"half of everything around a host", "nic.example TXT v=spf1 a/1 -all\nnic.example A 192.0.2.1", none},
      {"two quarters around hosts",
       "nic.example TXT v=spf1 a:a.example/2 a:b.example/2 -all\na.example A 10.0.0.1\nb.example A 192.0.2.1",
       none},
      {"an exists that is not about the client",
       "nic.example TXT v=spf1 exists:nic.example -all\nnic.example A 192.0.2.1", none},
      {"one by a macro, in an include",
       "nic.example TXT v=spf1 include:i.example ~all\ni.example TXT v=spf1 exists:%{d} -all\ni.example A "
       "192.0.2.1",
       none},
      {"one about the sender",
       "nic.example TXT v=spf1 exists:%{l}.x.example -all\nanne.x.example A 127.0.0.2", none},
      {"one without an answer", "nic.example TXT v=spf1 exists:x.example ip4:192.0.2.25 -all", pass},
      {"one that is no pass",
       "nic.example TXT v=spf1 ip4:192.0.2.25 ?exists:nic.example -all\nnic.example A 192.0.2.1", pass},
      {"whoever has an address, and says so",
       "nic.example TXT v=spf1 a:%{h} -all\nmx.nic.example A 192.0.2.25", none},
      {"four quarters, and the first is that of the client",
       "nic.example TXT v=spf1 include:a.example include:b.example include:c.example -all\n"
       "a.example TXT v=spf1 ip4:192.0.0.0/2\nb.example TXT v=spf1 ip4:0.0.0.0/2\nc.example TXT v=spf1 "
       "ip4:64.0.0.0/2",
       none},
      {"redirect= behind the match",
       "nic.example TXT v=spf1 ip4:192.0.0.0/2 redirect=r.example\nr.example TXT v=spf1 ip4:0.0.0.0/1 -all",
       none},
      {"everybody behind the match",
       "nic.example TXT v=spf1 ip4:192.0.2.25 include:i.example -all\ni.example TXT v=spf1 +all", none},
      {"two records deep behind a match of many",
       "nic.example TXT v=spf1 ip4:192.0.0.0/2 include:i.example -all\ni.example TXT v=spf1 "
       "include:j.example\n"
       "j.example TXT v=spf1 ip4:0.0.0.0/2",
       none},
      {"by a macro behind a match of many",
       "nic.example TXT v=spf1 ip4:192.0.0.0/2 include:%{l}.i.example -all\nanne.i.example TXT v=spf1 "
       "ip4:0.0.0.0/2",
       none},
      {"hosts behind a match of many",
       "nic.example TXT v=spf1 ip4:192.0.0.0/2 mx:i.example/2 -all\ni.example MX 10 j.example\nj.example A "
       "10.0.0.1",
       none},
      {"a host with half of a half behind the match",
       "nic.example TXT v=spf1 ip4:192.0.0.0/2 a:i.example/2 -all\ni.example A 10.0.0.1", none},
      {"an exists behind the match",
       "nic.example TXT v=spf1 ip4:192.0.2.25 exists:i.example -all\ni.example A 10.0.0.1", none},
      {"what is not let pass behind the match",
       "nic.example TXT v=spf1 ip4:192.0.2.25 ~include:i.example -all\ni.example TXT v=spf1 +all", pass},
      {"no answer behind the match",
       "nic.example TXT v=spf1 ip4:192.0.0.0/2 include:i.example include:j.example -all\ni.example TXT FAIL\n"
       "j.example TXT v=spf1 moo",
       pass},
      {"no answer, and another record behind it",
       "nic.example TXT v=spf1 ip4:192.0.0.0/2 include:i.example include:j.example -all\ni.example TXT FAIL\n"
       "j.example TXT v=spf1 ip4:0.0.0.0/2",
       none},
      {"a loop behind the match", "nic.example TXT v=spf1 ip4:192.0.0.0/2 include:nic.example -all", pass},
      {"half of what IPv6 has in use", "nic.example TXT v=spf1 ip6:2000::/4 -all", none, kIp6},
      {"a quarter of it, twice", "nic.example TXT v=spf1 ip6:2000::/5 ip6:2800::/5 -all", none, kIp6},
      {"much less", "nic.example TXT v=spf1 ip6:2001:db8::/32 -all", pass, kIp6},
  });
}
