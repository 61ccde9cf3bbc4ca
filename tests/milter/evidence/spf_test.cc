// SPF: addresses, the budget, and whole checks through libspf2.
#include "milter/evidence/spf.h"
#include "milter/evidence/dns_zone.h"

#include "tests/support/catch.h"

using namespace ccgate;

namespace {

using Records = std::vector<std::string>;

struct Entry {
  std::string name;
  RrType type;
  std::string data;
};
using Zone = std::vector<Entry>;

constexpr RrType kTxt = RrType::txt;

struct Check {
  ZoneResolver zone;
  DnsBatch dns{zone, std::chrono::steady_clock::time_point::max()};

  explicit Check(const Zone& entries) {
    for (const Entry& entry : entries) {
      if (entry.data == "FAIL") {
        zone.fail(entry.name, &entry.type);
      } else {
        REQUIRE(zone.add(entry.name, entry.type, entry.data));
      }
    }
  }
  SpfEvidence run(std::string_view client = "192.0.2.1", std::string_view from = "anne@nic.example") {
    const auto address = ClientAddress::parse(client);
    const auto mail_from = Address::parse(from);
    REQUIRE(address);
    REQUIRE(mail_from);
    return check_spf(*address, "mx.nic.example", *mail_from, dns);
  }
};

/// A record for nic.example, and whatever else the case needs.
Zone zone(std::string record, Zone more = {}) {
  more.push_back({"nic.example", kTxt, std::move(record)});
  return more;
}

/// `count` names n0.example, n1.example, ... with `data`.
Zone many(unsigned count, RrType type, const std::string& data) {
  Zone entries;
  for (unsigned i = 0; i < count; ++i) entries.push_back({"n" + std::to_string(i) + ".example", type, data});
  return entries;
}

std::string terms(const std::string& prefix, unsigned count) {
  std::string out = "v=spf1";
  for (unsigned i = 0; i < count; ++i) out += " " + prefix + "n" + std::to_string(i) + ".example";
  return out;
}

}  // namespace

TEST_CASE("client addresses are read, and unmapped") {
  struct Row {
    const char* text;
    const char* want;
    bool v4;
    bool loopback;
  };
  const auto row = GENERATE(values<Row>({
      {"192.0.2.1", "192.0.2.1", true, false},
      {"127.0.0.1", "127.0.0.1", true, true},
      {"127.9.8.7", "127.9.8.7", true, true},
      {"2001:DB8::1", "2001:db8::1", false, false},
      {"::1", "::1", false, true},
      {"::ffff:192.0.2.1", "192.0.2.1", true, false},
      {"::ffff:127.0.0.1", "127.0.0.1", true, true},
      {"::2", "::2", false, false},
  }));
  INFO(row.text);
  const auto address = ClientAddress::parse(row.text);
  REQUIRE(address);
  CHECK(address->text() == row.want);
  CHECK(address->is_v4() == row.v4);
  CHECK(address->is_loopback() == row.loopback);
  CHECK_FALSE(address->is_unspecified());
}

TEST_CASE("what is no client address") {
  for (const char* text : {"", "192.0.2", "192.0.2.256", "[192.0.2.1]", "IPv6:::1", "fe80::1%eth0", "x"}) {
    INFO(text);
    CHECK_FALSE(ClientAddress::parse(text));
  }
  CHECK(ClientAddress::parse("0.0.0.0")->is_unspecified());
  CHECK(ClientAddress::parse("::")->is_unspecified());
  CHECK_FALSE(ClientAddress::parse(std::string_view("192.0.2.1\0x", 11)));
}

TEST_CASE("SPF results") {
  struct Row {
    const char* story;
    Zone zone;
    AuthResult want;
    const char* client = "192.0.2.1";
  };
  const Zone host{{"mx.example", RrType::a, "192.0.2.1"}, {"mx.example", RrType::aaaa, "2001:db8::1"}};
  using enum AuthResult;
  const auto row = GENERATE_COPY(values<Row>({
      {"listed address", zone("v=spf1 ip4:192.0.2.0/24 -all"), pass},
      {"other address", zone("v=spf1 ip4:192.0.2.0/24 -all"), fail, "198.51.100.1"},
      {"softfail", zone("v=spf1 ~all"), softfail},
      {"neutral", zone("v=spf1 ?all"), neutral},
      {"nothing matches", zone("v=spf1 ip4:198.51.100.1"), neutral},
      {"an empty record", zone("v=spf1"), neutral},
      {"no record", {{"nic.example", kTxt, "hello"}}, none},
      {"no such name", {}, none},
      {"other TXT beside it", zone("v=spf1 ip4:192.0.2.1 -all", {{"nic.example", kTxt, "hello"}}), pass},
      {"a", zone("v=spf1 a -all", {{"nic.example", RrType::a, "192.0.2.1"}}), pass},
      {"a, over IPv6", zone("v=spf1 a:mx.example -all", host), pass, "2001:db8::1"},
      {"a, mapped address", zone("v=spf1 a:mx.example -all", host), pass, "::ffff:192.0.2.1"},
      {"ip6", zone("v=spf1 ip6:2001:db8::/32 -all"), pass, "2001:db8::99"},
      {"mx", zone("v=spf1 mx -all", {{"nic.example", RrType::mx, "10 mx.example"}, host[0]}), pass},
      {"a null MX", zone("v=spf1 mx -all", {{"nic.example", RrType::mx, "0 ."}}), fail},
      {"include", zone("v=spf1 include:o.example -all", {{"o.example", kTxt, "v=spf1 ip4:192.0.2.1"}}), pass},
      {"include that says no", zone("v=spf1 include:o.example ?all", {{"o.example", kTxt, "v=spf1 -all"}}),
       neutral},
      {"redirect", zone("v=spf1 redirect=o.example", {{"o.example", kTxt, "v=spf1 ip4:192.0.2.1"}}), pass},
      {"redirect is the last to be asked, wherever it stands",
       zone("v=spf1 redirect=o.example ip4:192.0.2.1", {{"o.example", kTxt, "v=spf1 -all"}}), pass},
      {"redirect beside all", zone("v=spf1 redirect=o.example -all", {{"o.example", kTxt, "v=spf1 +all"}}),
       fail},
      {"exists with a macro",
       zone("v=spf1 exists:%{i}.ok.%{d} -all", {{"192.0.2.1.ok.nic.example", RrType::a, "127.0.0.2"}}), pass},
      {"macros of the sender",
       zone("v=spf1 ?exists:%{l}.%{o} -all", {{"anne.nic.example", RrType::a, "127.0.0.2"}}), neutral},
      {"ptr",
       zone("v=spf1 ptr -all", {{"1.2.0.192.in-addr.arpa", RrType::ptr, "mx.nic.example"},
                                {"mx.nic.example", RrType::a, "192.0.2.1"}}),
       pass},
      {"ptr of somebody else",
       zone("v=spf1 ptr -all", {{"1.2.0.192.in-addr.arpa", RrType::ptr, "mx.example"}, host[0]}), fail},
      {"ptr without an answer is no match (RFC 7208 5.5)",
       zone("v=spf1 ptr -all", {{"1.2.0.192.in-addr.arpa", RrType::ptr, "FAIL"}}), fail},
      {"ptr, a host without an answer is skipped",
       zone("v=spf1 ptr -all", {{"1.2.0.192.in-addr.arpa", RrType::ptr, "mx.nic.example"},
                                {"mx.nic.example", RrType::a, "FAIL"}}),
       fail},
      {"loopback", zone("v=spf1 +all"), none, "127.0.0.1"},
      {"loopback, mapped", zone("v=spf1 ip4:127.0.0.1"), none, "::ffff:127.0.0.1"},
      {"no client", zone("v=spf1 ip4:0.0.0.0"), none, "0.0.0.0"},
      {"everybody passes", zone("v=spf1 +all"), none},
      {"everybody passes, by include",
       zone("v=spf1 include:o.example -all", {{"o.example", kTxt, "v=spf1 all"}}), none},
  }));
  INFO(row.story);
  Check check(row.zone);
  const auto evidence = check.run(row.client);
  INFO(evidence.why);
  CHECK(evidence.result == row.want);
  CHECK(evidence.why.empty() == (row.want == pass));
  CHECK(evidence.domain->ascii() == "nic.example");
}

TEST_CASE("an SPF record that breaks the rules is a permerror, wherever it stands") {
  struct Row {
    const char* story;
    Zone zone;
    const char* why;
  };
  const auto row = GENERATE(values<Row>({
      {"two records", zone("v=spf1 ip4:192.0.2.1", {{"nic.example", kTxt, "v=spf1 -all"}}),
       "more than one SPF record"},
      {"include of nothing", zone("v=spf1 include:o.example -all"),
       "the SPF record refers to a domain without one"},
      {"redirect to nothing", zone("v=spf1 redirect=o.example"),
       "the SPF record refers to a domain without one"},
      {"two records, included",
       zone("v=spf1 include:o.example ip4:192.0.2.1",
            {{"o.example", kTxt, "v=spf1 -all"}, {"o.example", kTxt, "v=spf1 a"}}),
       "more than one SPF record"},
      {"a loop", zone("v=spf1 include:nic.example"), nullptr},
      {"eleven lookups", zone(terms("a:", 11), many(11, RrType::a, "198.51.100.1")),
       "the SPF record needs more than 10 lookups"},
      {"eleven lookups over an include",
       [] {
         Zone entries = many(11, RrType::a, "198.51.100.1");
         entries.push_back({"nic.example", kTxt, terms("a:", 5) + " include:o.example ip4:192.0.2.1"});
         entries.push_back({"o.example", kTxt, terms("a:", 5)});
         return entries;
       }(),
       "the SPF record needs more than 10 lookups"},
      {"three lookups of nothing", zone(terms("a:", 3) + " ip4:192.0.2.1"),
       "more than 2 lookups of the SPF record find nothing"},
      {"an mx of eleven hosts",
       [] {
         Zone entries = many(11, RrType::a, "198.51.100.1");
         for (unsigned i = 0; i < 11; ++i) {
           entries.push_back({"nic.example", RrType::mx, "10 n" + std::to_string(i) + ".example"});
         }
         entries.push_back({"nic.example", kTxt, "v=spf1 mx ip4:192.0.2.1"});
         return entries;
       }(),
       "an mx of the SPF record has more than 10 hosts"},
      {"text after a NUL", zone(std::string("v=spf1 a\0 +all", 14)), nullptr},
      {"not ASCII", zone("v=spf1 a:\xC3\xA9.example ip4:192.0.2.1"), nullptr},
      {"over 2 kB of nothing", zone("v=spf1 ip4:192.0.2.1 " + std::string(2100, 'x')), nullptr},
      {"no target", zone("v=spf1 a: ip4:192.0.2.1"), nullptr},
      {"a prefix with a leading zero", zone("v=spf1 ip4:192.0.2.1/032"), nullptr},
      {"redirect with a colon", zone("v=spf1 redirect:o.example ip4:192.0.2.1"), nullptr},
      {"an unknown mechanism", zone("v=spf1 ip4:192.0.2.1 moo -all"), nullptr},
  }));
  INFO(row.story);
  Check check(row.zone);
  const auto evidence = check.run();
  INFO(evidence.why);
  CHECK(evidence.result == AuthResult::permerror);
  if (row.why != nullptr) CHECK(evidence.why == row.why);
  CHECK_FALSE(evidence.why.empty());
}

TEST_CASE("what stays within the budget") {
  SECTION("ten lookups") {
    Check check(zone(terms("a:", 10) + " ip4:192.0.2.1", many(10, RrType::a, "198.51.100.1")));
    CHECK(check.run().result == AuthResult::pass);
  }
  SECTION("two lookups of nothing") {
    Check check(zone(terms("a:", 2) + " ip4:192.0.2.1"));
    CHECK(check.run().result == AuthResult::pass);
  }
  SECTION("the hosts of an mx are not counted") {
    Zone entries = many(10, RrType::a, "198.51.100.1");
    for (unsigned i = 0; i < 10; ++i) {
      entries.push_back({"nic.example", RrType::mx, "10 n" + std::to_string(i) + ".example"});
    }
    entries.push_back({"nic.example", kTxt, "v=spf1 mx mx a:n1.example ip4:192.0.2.1"});
    Check check(entries);
    CHECK(check.run().result == AuthResult::pass);
  }
  SECTION("of a client with many names, ten are looked at") {
    Zone entries = zone("v=spf1 ptr ip4:192.0.2.1");
    for (unsigned i = 0; i < 50; ++i) {
      entries.push_back({"1.2.0.192.in-addr.arpa", RrType::ptr, "n" + std::to_string(i) + ".example"});
    }
    Check check(entries);
    CHECK(check.run().result == AuthResult::pass);
    CHECK(check.zone.asked().size() == 12);
  }
}

TEST_CASE("DNS trouble is a temperror where it decides, and only there") {
  struct Row {
    const char* story;
    Zone zone;
    AuthResult want;
  };
  using enum AuthResult;
  const auto row = GENERATE(values<Row>({
      {"the record itself", {{"nic.example", kTxt, "FAIL"}}, temperror},
      {"an include", zone("v=spf1 include:o.example -all", {{"o.example", kTxt, "FAIL"}}), temperror},
      {"a redirect", zone("v=spf1 redirect=o.example", {{"o.example", kTxt, "FAIL"}}), temperror},
      {"a", zone("v=spf1 a:o.example -all", {{"o.example", RrType::a, "FAIL"}}), temperror},
      {"mx", zone("v=spf1 mx -all", {{"nic.example", RrType::mx, "FAIL"}}), temperror},
      {"exists", zone("v=spf1 exists:o.example -all", {{"o.example", RrType::a, "FAIL"}}), temperror},
      {"a host of an mx",
       zone("v=spf1 mx -all",
            {{"nic.example", RrType::mx, "10 o.example"}, {"o.example", RrType::a, "FAIL"}}),
       temperror},
      {"after the term that matches",
       zone("v=spf1 ip4:192.0.2.1 a:o.example -all", {{"o.example", RrType::a, "FAIL"}}), pass},
      {"before the broken part",
       zone("v=spf1 a:o.example include:none.example", {{"o.example", RrType::a, "FAIL"}}), temperror},
  }));
  INFO(row.story);
  Check check(row.zone);
  CHECK(check.run().result == row.want);
}

TEST_CASE("an explanation is never asked for") {
  Check check(zone("v=spf1 exp=exp.example -all", {{"exp.example", kTxt, "%{i} is not one of %{d}'s"}}));
  CHECK(check.run().result == AuthResult::fail);
  CHECK(check.zone.asked() == Records{"TXT nic.example"});
}

TEST_CASE("the questions of a record are in flight together") {
  Check check(zone("v=spf1 ip4:192.0.2.1 include:a.example a:b.example mx a -all",
                   {{"nic.example", RrType::a, "192.0.2.1"}}));
  prefetch_spf(*Address::parse("anne@nic.example"), check.dns);
  CHECK(check.zone.asked() == Records{"TXT nic.example"});
  CHECK(check.run().result == AuthResult::pass);
  CHECK(check.zone.asked() ==
        Records{"TXT nic.example", "TXT a.example", "A b.example", "A nic.example", "MX nic.example"});
}

TEST_CASE("what stands behind the match raises questions only where many pass") {
  const Zone behind{{"a.example", kTxt, "v=spf1 include:b.example mx"}, {"b.example", kTxt, "v=spf1 -all"}};
  SECTION("few") {
    Check check(zone("v=spf1 ip4:192.0.2.0/24 include:a.example include:%{d}.c.example -all", behind));
    CHECK(check.run().result == AuthResult::pass);
    CHECK(check.zone.asked() == Records{"TXT nic.example", "TXT a.example"});
  }
  SECTION("many") {
    Check check(zone("v=spf1 ip4:192.0.0.0/7 include:a.example -all", behind));
    CHECK(check.run().result == AuthResult::pass);
    CHECK(check.zone.asked() == Records{"TXT nic.example", "TXT a.example", "TXT b.example"});
  }
}

TEST_CASE("odd senders and greetings do no harm") {
  Check check(zone("v=spf1 exists:%{l}.%{h}.x.example exists:%{S}.x.example -all",
                   {{"x.example", RrType::a, "127.0.0.2"}}));
  const auto client = *ClientAddress::parse("192.0.2.1");
  for (const char* helo : {"", "[192.0.2.1]", "a b", "mx.nic.example", "%{i}", "\xFF"}) {
    INFO(helo);
    CHECK(check_spf(client, helo, *Address::parse("anne@nic.example"), check.dns).result == AuthResult::fail);
  }
  const auto utf8 = Address::parse("\xC3\xA4nne@nic.example");
  REQUIRE(utf8);
  CHECK(check_spf(client, "mx.nic.example", *utf8, check.dns).result == AuthResult::fail);
}
