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
    DmarcScope scope = DmarcScope::untold;
  };
  const auto row = GENERATE(values<Row>({
      {"v=DMARC1", AlignmentModes{kRelaxed, kRelaxed}},
      {"v=DMARC1; p=reject; adkim=s; aspf=r", AlignmentModes{kStrict, kRelaxed}},
      {"v = DMARC1 ;aspf=S;", AlignmentModes{kRelaxed, kStrict}},
      {"v=DMARC1; adkim=strict", AlignmentModes{kRelaxed, kRelaxed}},
      {"v=DMARC1; adkim=s; adkim=s", AlignmentModes{kRelaxed, kRelaxed}},
      {"v=DMARC1; adkim", AlignmentModes{kRelaxed, kRelaxed}},
      {"v=DMARC1; ;; =; adkim=s", AlignmentModes{kStrict, kRelaxed}},
      {"v=DMARC1; psd=y; p=none", AlignmentModes{}, DmarcScope::suffix},
      {"v=DMARC1;PSD = N", AlignmentModes{}, DmarcScope::organizational},
      {"v=DMARC1; psd=u", AlignmentModes{}, DmarcScope::untold},
      {"v=DMARC1; psd=yes", AlignmentModes{}, DmarcScope::untold},
      {"v=DMARC1; psd=y; psd=y", AlignmentModes{}, DmarcScope::untold},
      {"v=dmarc1; adkim=s", std::nullopt},
      {"v=DMARC12; adkim=s", std::nullopt},
      {"adkim=s; v=DMARC1", std::nullopt},
      {"", std::nullopt},
      {"hello", std::nullopt},
  }));
  INFO(row.txt);
  const auto record = parse_dmarc(row.txt);
  REQUIRE(record.has_value() == row.want.has_value());
  if (record) CHECK(*record == DmarcRecord{*row.want, row.scope});
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
      {"strict is strict, whoever the organizational domain is",
       {{"_dmarc.mail.nic.example", "v=DMARC1; adkim=s"}, {"_dmarc.nic.example", "FAIL"}},
       {kStrict, kUnknown}},
      {"no answer from above the organizational domain, which has a record",
       {{"_dmarc.mail.nic.example", "v=DMARC1; adkim=s"},
        {"_dmarc.nic.example", "v=DMARC1"},
        {"_dmarc.example", "FAIL"}},
       {kStrict, kRelaxed}},
      {"no answer from above the organizational domain, whose modes would count",
       {{"_dmarc.nic.example", "v=DMARC1; adkim=s"}, {"_dmarc.example", "FAIL"}},
       {kUnknown, kUnknown}},
      {"no answer from above the organizational domain, which has none",
       {{"_dmarc.mail.nic.example", "v=DMARC1"}, {"_dmarc.example", "FAIL"}},
       {kUnknown, kUnknown}},
      {"psd= of its own ends the walk",
       {{"_dmarc.mail.nic.example", "v=DMARC1; adkim=s; psd=n"}, {"_dmarc.nic.example", "FAIL"}},
       {kStrict, kRelaxed}},
      {"a public suffix's, where nobody else has one",
       {{"_dmarc.example", "v=DMARC1; aspf=s; psd=y"}},
       {kRelaxed, kStrict}},
      {"its organizational domain's, before a public suffix's",
       {{"_dmarc.example", "v=DMARC1; aspf=s; psd=y"}, {"_dmarc.nic.example", "v=DMARC1; adkim=s"}},
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
  CHECK(dmarc_alignment(*Domain::parse("mail.nic.example"), dns).modes == row.want);
}

TEST_CASE("an organizational domain is asked once") {
  ZoneResolver zone;
  DnsBatch dns(zone, std::chrono::steady_clock::time_point::max());
  CHECK(dmarc_alignment(*Domain::parse("nic.example"), dns).modes == AlignmentModes{});
  CHECK(zone.asked() == std::vector<std::string>{"TXT _dmarc.nic.example"});
}

TEST_CASE("the organizational domain is told by DMARC records") {
  using Strings = std::vector<std::string>;
  struct Row {
    const char* story;
    std::vector<std::pair<std::string, std::string>> records;
    const char* want;  // of a.b.nic.example; nullptr: nobody tells
  };
  const auto row = GENERATE(values<Row>({
      {"no record", {}, nullptr},
      {"the one with the fewest labels",
       {{"a.b.nic.example", "v=DMARC1"}, {"b.nic.example", "v=DMARC1"}, {"nic.example", "v=DMARC1"}},
       "nic.example"},
      {"its own, where nobody above has one", {{"a.b.nic.example", "v=DMARC1"}}, "a.b.nic.example"},
      {"psd=n between", {{"b.nic.example", "v=DMARC1; psd=n"}, {"nic.example", "v=DMARC1"}}, "b.nic.example"},
      {"psd=n of its own",
       {{"a.b.nic.example", "v=DMARC1; psd=n"}, {"nic.example", "v=DMARC1"}},
       "a.b.nic.example"},
      {"below psd=y", {{"nic.example", "v=DMARC1; psd=y"}}, "b.nic.example"},
      {"below psd=y of the top",
       {{"a.b.nic.example", "v=DMARC1"}, {"example", "v=DMARC1; psd=y"}},
       "nic.example"},
      {"the first psd= counts",
       {{"b.nic.example", "v=DMARC1; psd=y"}, {"nic.example", "v=DMARC1; psd=n"}},
       "a.b.nic.example"},
      {"psd=y of its own is not about it", {{"a.b.nic.example", "v=DMARC1; psd=y"}}, "a.b.nic.example"},
      {"two records are none",
       {{"b.nic.example", "v=DMARC1; psd=n"}, {"b.nic.example", "v=DMARC1"}, {"nic.example", "v=DMARC1"}},
       "nic.example"},
  }));
  INFO(row.story);
  ZoneResolver zone;
  for (const auto& [name, txt] : row.records) REQUIRE(zone.add("_dmarc." + name, RrType::txt, txt));
  DnsBatch dns(zone, std::chrono::steady_clock::time_point::max());
  const auto organizational = dmarc_alignment(*Domain::parse("a.b.nic.example"), dns).organizational;
  REQUIRE(organizational.has_value() == (row.want != nullptr));
  if (organizational) CHECK(organizational->ascii() == row.want);
  CHECK(zone.asked() == Strings{"TXT _dmarc.a.b.nic.example", "TXT _dmarc.b.nic.example",
                                "TXT _dmarc.nic.example", "TXT _dmarc.example"});
}

TEST_CASE("a tree walk asks eight questions at most") {
  ZoneResolver zone;
  DnsBatch dns(zone, std::chrono::steady_clock::time_point::max());
  (void)dmarc_alignment(*Domain::parse("a.b.c.d.e.f.g.h.i.j.nic.example"), dns);
  CHECK(zone.asked() ==
        std::vector<std::string>{"TXT _dmarc.a.b.c.d.e.f.g.h.i.j.nic.example",
                                 "TXT _dmarc.f.g.h.i.j.nic.example", "TXT _dmarc.g.h.i.j.nic.example",
                                 "TXT _dmarc.h.i.j.nic.example", "TXT _dmarc.i.j.nic.example",
                                 "TXT _dmarc.j.nic.example", "TXT _dmarc.nic.example", "TXT _dmarc.example"});
}
