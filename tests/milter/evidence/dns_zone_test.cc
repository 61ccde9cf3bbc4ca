// Names, the zone in memory and the batch of one message.
#include "milter/evidence/dns_zone.h"
#include "tests/support/catch.h"

using namespace ccgate;
using namespace std::string_literals;

namespace {

using Status = DnsAnswer::Status;
using Records = std::vector<std::string>;

std::shared_ptr<const DnsAnswer> ask(Resolver& resolver, std::string_view name, RrType type) {
  return resolver.ask(name, type)->wait(std::chrono::steady_clock::time_point::min());
}

}  // namespace

TEST_CASE("a name is asked in lower case, or not at all") {
  struct Row {
    std::string name;
    std::optional<std::string> want;
  };
  const std::string label(63, 'a');
  const std::string longest = label + "." + label + "." + label + "." + std::string(61, 'b');
  const auto row = GENERATE_COPY(values<Row>({
      {"Nic.Example", "nic.example"},
      {"nic.example.", "nic.example"},
      {"_dmarc.nic.example", "_dmarc.nic.example"},
      {"example", "example"},
      {"a\\b.example", "a\\092b.example"},
      {"a:b/c d.example", "a\\058b\\047c\\032d.example"},
      {"a\\058b.example", "a\\058b.example"},
      {"\\097\\066.example", "ab.example"},
      {"a\\046b.example", "a\\046b.example"},
      {"\\195\\169.example", "\\195\\169.example"},
      {"a\\256.example", "a\\092256.example"},
      {"a\\09", "a\\09209"},
      {std::string(62, 'a') + "\\032.example", std::string(62, 'a') + "\\032.example"},
      {label + ".example", label + ".example"},
      {longest, longest},
      {"", std::nullopt},
      {".", std::nullopt},
      {".example", std::nullopt},
      {"nic..example", std::nullopt},
      {"nic.example..", std::nullopt},
      {std::string(63, 'a') + "\\032.example", std::nullopt},
      {"a\nb.example", std::nullopt},
      {"\xC3\xA9.example", std::nullopt},
      {std::string("a\0b.example", 11), std::nullopt},
      {label + "a.example", std::nullopt},
      {longest + "b", std::nullopt},
  }));
  INFO(row.name);
  CHECK(askable_name(row.name) == row.want);
}

TEST_CASE("record types have names") {
  for (const RrType type : {RrType::a, RrType::cname, RrType::ptr, RrType::mx, RrType::txt, RrType::aaaa}) {
    CHECK(parse_rr_type(to_string(type)) == type);
  }
  CHECK(parse_rr_type("txt") == RrType::txt);
  CHECK_FALSE(parse_rr_type("NS"));
}

TEST_CASE("an alias is followed to its end") {
  ZoneResolver zone;
  REQUIRE(zone.add("k1._domainkey.nic.example", RrType::cname, "k1.hosting.example"));
  REQUIRE(zone.add("k1.hosting.example", RrType::cname, "K1-2026.keys.example."));
  REQUIRE(zone.add("k1-2026.keys.example", RrType::txt, "p=AAAA"));
  REQUIRE(zone.add("gone.example", RrType::cname, "nowhere.invalid"));
  REQUIRE(zone.add("dead.example", RrType::cname, "fails.example"));
  zone.fail("fails.example");
  REQUIRE(zone.add("round.example", RrType::cname, "around.example"));
  REQUIRE(zone.add("around.example", RrType::cname, "round.example"));
  CHECK(ask(zone, "k1._domainkey.nic.example", RrType::txt)->records == Records{"p=AAAA"});
  CHECK(ask(zone, "k1._domainkey.nic.example", RrType::a)->status == Status::nodata);
  CHECK(ask(zone, "gone.example", RrType::txt)->status == Status::nxdomain);
  CHECK(ask(zone, "dead.example", RrType::txt)->status == Status::temperror);
  CHECK(ask(zone, "round.example", RrType::txt)->status == Status::temperror);
  CHECK_FALSE(zone.add("round.example", RrType::cname, "second.example"));
}

TEST_CASE("a zone answers as a name server does") {
  ZoneResolver zone;
  REQUIRE(zone.add("nic.example", RrType::a, "192.0.2.1"));
  REQUIRE(zone.add("NIC.example", RrType::a, "192.0.2.2"));
  REQUIRE(zone.add("nic.example", RrType::aaaa, "2001:db8::1"));
  REQUIRE(zone.add("nic.example", RrType::txt, "v=spf1 -all"));
  REQUIRE(zone.add("nic.example", RrType::mx, "20 second.example."));
  REQUIRE(zone.add("nic.example", RrType::mx, "10 First.example"));
  REQUIRE(zone.add("nic.example", RrType::mx, "zero.example"));
  REQUIRE(zone.add("nothing.example", RrType::mx, "0 ."));
  REQUIRE(zone.add("1.2.0.192.in-addr.arpa", RrType::ptr, "mx.nic.example"));
  REQUIRE(zone.add("a.b.deep.example", RrType::txt, ""));

  struct Row {
    const char* name;
    RrType type;
    Status status;
    Records records;
  };
  const auto row = GENERATE(values<Row>({
      {"nic.example", RrType::a, Status::ok, {"\xC0\0\x02\x01"s, "\xC0\0\x02\x02"s}},
      {"NIC.EXAMPLE.", RrType::txt, Status::ok, {"v=spf1 -all"}},
      {"nic.example", RrType::aaaa, Status::ok, {"\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01"s}},
      {"nic.example", RrType::mx, Status::ok, {"zero.example", "first.example", "second.example"}},
      {"nothing.example", RrType::mx, Status::nodata, {}},
      {"1.2.0.192.in-addr.arpa", RrType::ptr, Status::ok, {"mx.nic.example"}},
      {"a.b.deep.example", RrType::txt, Status::ok, {""}},
      {"b.deep.example", RrType::txt, Status::nodata, {}},
      {"deep.example", RrType::a, Status::nodata, {}},
      {"other.example", RrType::a, Status::nxdomain, {}},
      {"x.nic.example", RrType::a, Status::nxdomain, {}},
      {"not a name", RrType::a, Status::nxdomain, {}},
  }));
  INFO(row.name);
  const auto answer = ask(zone, row.name, row.type);
  CHECK(answer->status == row.status);
  CHECK(answer->records == row.records);
  CHECK(answer->why.empty());
}

TEST_CASE("a zone refuses data that cannot be read") {
  ZoneResolver zone;
  CHECK_FALSE(zone.add("nic.example", RrType::a, "192.0.2"));
  CHECK_FALSE(zone.add("nic.example", RrType::a, "2001:db8::1"));
  CHECK_FALSE(zone.add("nic.example", RrType::aaaa, "192.0.2.1"));
  CHECK_FALSE(zone.add("nic.example", RrType::mx, "x mx.example"));
  CHECK_FALSE(zone.add("nic.example", RrType::mx, "70000 mx.example"));
  CHECK_FALSE(zone.add("nic.example", RrType::mx, ""));
  CHECK_FALSE(zone.add("nic.example", RrType::ptr, "a..b"));
  CHECK_FALSE(zone.add("nic..example", RrType::a, "192.0.2.1"));
  CHECK(ask(zone, "nic.example", RrType::a)->status == Status::nxdomain);
}

TEST_CASE("a name made to fail is a temperror at once") {
  ZoneResolver zone;
  const RrType txt = RrType::txt;
  REQUIRE(zone.add("nic.example", RrType::a, "192.0.2.1"));
  REQUIRE(zone.add("dead.example", RrType::a, "192.0.2.1"));
  zone.fail("Dead.example");
  zone.fail("nic.example", &txt);
  CHECK(ask(zone, "dead.example", RrType::a)->status == Status::temperror);
  CHECK(ask(zone, "DEAD.example", RrType::txt)->status == Status::temperror);
  CHECK(ask(zone, "nic.example", RrType::txt)->status == Status::temperror);
  CHECK(ask(zone, "nic.example", RrType::a)->status == Status::ok);
  CHECK_FALSE(ask(zone, "dead.example", RrType::a)->pending);
  CHECK_FALSE(ask(zone, "dead.example", RrType::a)->why.empty());
}

TEST_CASE("a batch asks each question once, before it waits") {
  ZoneResolver zone;
  REQUIRE(zone.add("nic.example", RrType::txt, "v=spf1 -all"));
  DnsBatch batch(zone, std::chrono::steady_clock::time_point::min());
  batch.prefetch("nic.example", RrType::txt);
  batch.prefetch("NIC.example.", RrType::txt);
  batch.prefetch("nic.example", RrType::a);
  CHECK(zone.asked() == Records{"TXT nic.example", "A nic.example"});
  CHECK(batch.get("nic.example", RrType::txt)->records == Records{"v=spf1 -all"});
  CHECK(batch.get("nic.example.", RrType::mx)->status == Status::nodata);
  CHECK(zone.asked() == Records{"TXT nic.example", "A nic.example", "MX nic.example"});
}
