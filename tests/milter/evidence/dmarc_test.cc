#include "milter/evidence/dmarc.h"

#include "milter/evidence/dns_zone.h"
#include "tests/support/catch.h"

using namespace ccgate;

namespace {

constexpr AlignmentMode kRelaxed = AlignmentMode::relaxed;
constexpr AlignmentMode kStrict = AlignmentMode::strict;
constexpr AlignmentMode kUnknown = AlignmentMode::unknown;

}  // namespace

TEST_CASE("DMARC records") {
  struct Row {
    const char* txt;
    std::optional<AlignmentModes> want;
  };
  const auto row = GENERATE(values<Row>({
      {"v=DMARC1", AlignmentModes{kRelaxed, kRelaxed}},
      {"v=DMARC1; p=reject; adkim=s; aspf=r", AlignmentModes{kStrict, kRelaxed}},
      {"v = DMARC1 ;aspf=S;", AlignmentModes{kRelaxed, kStrict}},
      {"v=DMARC1; adkim=strict", AlignmentModes{kRelaxed, kRelaxed}},
      {"v=DMARC1; adkim=s; adkim=s", AlignmentModes{kRelaxed, kRelaxed}},
      {"v=DMARC1; adkim", AlignmentModes{kRelaxed, kRelaxed}},
      {"v=DMARC1; ;; =; adkim=s", AlignmentModes{kStrict, kRelaxed}},
      {"v=dmarc1; adkim=s", std::nullopt},
      {"v=DMARC12; adkim=s", std::nullopt},
      {"adkim=s; v=DMARC1", std::nullopt},
      {"", std::nullopt},
      {"hello", std::nullopt},
  }));
  INFO(row.txt);
  CHECK(parse_dmarc(row.txt) == row.want);
}

TEST_CASE("the modes of an author domain") {
  struct Row {
    const char* story;
    std::vector<std::pair<std::string, std::string>> records;
    AlignmentModes want;
  };
  const auto row = GENERATE(values<Row>({
      {"no record", {}, {kRelaxed, kRelaxed}},
      {"its own", {{"_dmarc.mail.nic.example", "v=DMARC1; adkim=s"}}, {kStrict, kRelaxed}},
      {"its organizational domain's", {{"_dmarc.nic.example", "v=DMARC1; aspf=s"}}, {kRelaxed, kStrict}},
      {"its own comes first",
       {{"_dmarc.mail.nic.example", "v=DMARC1"}, {"_dmarc.nic.example", "v=DMARC1; adkim=s"}},
       {kRelaxed, kRelaxed}},
      {"other TXT does not count",
       {{"_dmarc.mail.nic.example", "hello"}, {"_dmarc.nic.example", "v=DMARC1; adkim=s"}},
       {kStrict, kRelaxed}},
      {"two records are none",
       {{"_dmarc.mail.nic.example", "v=DMARC1; adkim=s"}, {"_dmarc.mail.nic.example", "v=DMARC1; adkim=s"}},
       {kRelaxed, kRelaxed}},
      {"no answer", {{"_dmarc.mail.nic.example", "FAIL"}}, {kUnknown, kUnknown}},
      {"no answer from the organizational domain", {{"_dmarc.nic.example", "FAIL"}}, {kUnknown, kUnknown}},
      {"the organizational domain is not asked for nothing",
       {{"_dmarc.mail.nic.example", "v=DMARC1; adkim=s"}, {"_dmarc.nic.example", "FAIL"}},
       {kStrict, kRelaxed}},
  }));
  INFO(row.story);
  ZoneResolver zone;
  for (const auto& [name, txt] : row.records) {
    if (txt == "FAIL") {
      zone.fail(name);
    } else {
      REQUIRE(zone.add(name, RrType::txt, txt));
    }
  }
  DnsBatch dns(zone, std::chrono::steady_clock::time_point::max());
  CHECK(alignment_modes(*Domain::parse("mail.nic.example"), dns) == row.want);
}

TEST_CASE("an organizational domain is asked once") {
  ZoneResolver zone;
  DnsBatch dns(zone, std::chrono::steady_clock::time_point::max());
  CHECK(alignment_modes(*Domain::parse("nic.example"), dns) == AlignmentModes{});
  CHECK(zone.asked() == std::vector<std::string>{"TXT _dmarc.nic.example"});
}
