#include "milter/iana/whois.h"
#include "milter/iana/rdap.h"
#include "milter/system/timestamp.h"
#include "tests/support/catch.h"
#include "tests/support/iana_files.h"
#include "tests/support/values.h"

using namespace ccgate;
using namespace ccgate::test;

namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

std::string why(const Reading& reading) {
  const auto* anomaly = std::get_if<Anomaly>(&reading);
  return anomaly == nullptr ? "(a record)" : anomaly->why;
}

std::string plain() {
  return read_iana("odd/whois-plain.txt");
}

/// The plain answer with one piece exchanged.
std::string why_with(const std::string& from, const std::string& to) {
  return why(read_whois(domain("zz"), replaced(plain(), from, to)));
}

constexpr const char* kAdminMail = "e-mail:       tld-admin@nic.example\n";
constexpr const char* kTechMail = "e-mail:       tld-tech@nic.example\n";

}  // namespace

TEST_CASE("WHOIS: every record is read as expected") {
  for (auto& want : expected_records()) {
    const std::string label = want["a_label"];
    INFO(label);
    const Reading reading = read_whois(domain(label), read_iana("whois/" + label + ".txt"));
    INFO(why(reading));
    REQUIRE(std::holds_alternative<IanaRecord>(reading));
    const auto& got = std::get<IanaRecord>(reading);
    CHECK(got.admin.email.text() == want["admin_email"]);
    CHECK(got.admin.changed == parse_timestamp(want["domain_changed"]));
    REQUIRE(got.tech);
    CHECK(got.tech->email.text() == want["tech_email"]);
    CHECK(got.changed == parse_timestamp(want["domain_changed"]));
    CHECK(got.organisation == want["manager"]);

    // RDAP and WHOIS agree on what both tell.
    const auto rdap = std::get<IanaRecord>(read_rdap(domain(label), read_iana("rdap/" + label + ".json")));
    CHECK(got.admin.name == rdap.admin.name);
    CHECK(got.dnssec == rdap.dnssec);
  }
}

TEST_CASE("WHOIS: recorded answers of several years") {
  struct Row {
    const char* label;
    const char* file;
    const char* admin;
    const char* tech;
    bool dnssec;
    const char* changed;
  };
  const auto row = GENERATE(values<Row>({
      {"be", "be-2014", "legal@dnsbelgium.be", "tech@dnsbelgium.be", true, "2014-07-30"},
      {"cn", "cn-2018", "ceo@cnnic.cn", "tech@cnnic.cn", true, "2018-03-01"},
      {"com", "com-2026", "info@verisign-grs.com", "info@verisign-grs.com", true, "2026-03-10"},
      {"mt", "mt-2020", "admin@nic.org.mt", "tech@nic.org.mt", false, "2020-01-23"},
      {"xn--p1ai", "xn--p1ai-2019", "ru-adm@cctld.ru", "ru-tech@tcinet.ru", true, "2018-09-24"},
  }));
  INFO(row.file);
  const Reading reading =
      read_whois(domain(row.label), read_iana(std::string("whois-recorded/") + row.file + ".txt"));
  INFO(why(reading));
  REQUIRE(std::holds_alternative<IanaRecord>(reading));
  const auto& got = std::get<IanaRecord>(reading);
  CHECK(got.admin.email.text() == row.admin);
  REQUIRE(got.tech);
  CHECK(got.tech->email.text() == row.tech);
  CHECK(got.dnssec == row.dnssec);
  CHECK(got.changed == parse_timestamp(row.changed));
}

TEST_CASE("WHOIS: failures and variants, each with its words") {
  struct Row {
    const char* label;
    const char* file;
    const char* want;
  };
  const auto row = GENERATE(values<Row>({
      {"zz", "odd/whois-plain.txt", "(a record)"},
      {"zz", "odd/whois-crlf.txt", "(a record)"},
      {"zz", "odd/whois-empty.txt", "the answer is empty"},
      {"zz", "odd/whois-invalid-query.txt", "IANA's WHOIS says `Error: Invalid query`"},
      {"zz", "odd/whois-no-email.txt", "the administrative contact has no e-mail address"},
      {"zz", "odd/whois-truncated.txt", "the answer does not end with `source: IANA`: it was cut short"},
      {"zz", "whois/zz.txt", "IANA has no such ccTLD (WHOIS returned 0 objects)"},
      {"xa", "whois/zz.txt", "the answer found nothing, and does not say for which ccTLD"},
      {"eh", "whois/eh.txt", "the administrative contact has no e-mail address"},
      {"eh", "whois-recorded/eh-notassigned.txt", "the administrative contact has no e-mail address"},
      {"xa", "odd/whois-plain.txt", "the answer is about the domain `ZZ`"},
      {"ru", "whois/xn--p1ai.txt", "the answer is about the domain `XN--P1AI`"},
  }));
  INFO(row.file);
  const Reading reading = read_whois(domain(row.label), read_iana(row.file));
  CHECK(why(reading) == row.want);
  if (const auto* anomaly = std::get_if<Anomaly>(&reading))
    CHECK(anomaly->not_delegated == (std::string(row.want).starts_with("IANA has no")));
}

TEST_CASE("WHOIS: line ends do not matter") {
  const auto lf = std::get<IanaRecord>(read_whois(domain("zz"), plain()));
  const auto crlf = std::get<IanaRecord>(read_whois(domain("zz"), read_iana("odd/whois-crlf.txt")));
  CHECK(crlf.admin.email.text() == lf.admin.email.text());
  CHECK(crlf.admin.name == "TLD Admin Contact");
  CHECK(crlf.organisation == "Example Registry");
  CHECK(crlf.changed == lf.changed);
  CHECK(why(read_whois(domain("zz"), replaced(plain(), "\nnserver", "\rnserver"))) ==
        "the answer has a control character");
}

TEST_CASE("WHOIS: cut short anywhere it is an anomaly") {
  const std::string whole = plain();
  const std::size_t complete = whole.find("source:       IANA") + std::string("source:       IANA").size();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    INFO(size);
    REQUIRE(std::holds_alternative<Anomaly>(read_whois(domain("zz"), whole.substr(0, size))) ==
            (size < complete));
  }
}

TEST_CASE("WHOIS: one object, one domain") {
  CHECK(why_with("returned 1 object", "returned 2 objects") ==
        "the answer is not for one object: `This query returned 2 objects`");
  CHECK(why_with("returned 1 object", "returned 0 objects.") ==
        "the answer is not for one object: `This query returned 0 objects.`");
  CHECK(why_with("% This query returned 1 object\n", "") ==
        "the answer does not say how many objects it found");
  CHECK(why_with("% This query returned 1 object\n",
                 "% This query returned 1 object\n% This query returned 1 object\n") ==
        "the answer says twice how many objects it found");
  CHECK(why_with("domain:       ZZ\n", "") == "the answer does not name exactly one `domain`");
  CHECK(why_with("domain:       ZZ\n", "domain: ZZ\ndomain: ZZ\n") ==
        "the answer does not name exactly one `domain`");
  CHECK(why_with("domain:       ZZ\n", "domain: \xd1\x80\xd1\x84\ndomain-ace: ZZ\n") == "(a record)");
  CHECK(why_with("domain:       ZZ\n", "domain: ZZ\ndomain-ace: XN--P1AI\n") ==
        "the answer is about the domain `XN--P1AI`");
  CHECK(why_with("source:       IANA\n", "source:       IANA\nsource:       IANA\n") ==
        "the answer has more than one `source`");
  CHECK(why_with("source:       IANA\n", "source:       IANA\n\ndomain: XA\n") ==
        "the answer does not end with `source: IANA`: it was cut short");
  CHECK(why(read_whois(domain("zz"), plain() + plain())) ==
        "the answer says twice how many objects it found");
}

TEST_CASE("WHOIS: one administrative contact with one address") {
  CHECK(why_with("contact:      technical", "contact:      administrative") ==
        "more than one contact is `administrative`");
  CHECK(why_with("contact:      administrative", "contact:      security") ==
        "no contact is `administrative`");
  CHECK(why_with("\n\ncontact:      technical", "\ncontact:      technical") ==
        "the answer has a `contact` within another block");
  CHECK(why_with(kAdminMail, std::string(kAdminMail) + kTechMail) ==
        "the administrative contact has more than one e-mail address");
  CHECK(why_with(kAdminMail, "e-mail:       TLD Admin <tld-admin@nic.example>\n") ==
        "the administrative contact has an e-mail line that is not one address: `TLD Admin "
        "<tld-admin@nic.example>`");
  CHECK(why_with(kAdminMail, "e-mail:       tld-admin@nic.example \n") ==
        "the administrative contact has an e-mail line that is not one address: `tld-admin@nic.example `");
  CHECK(why_with(kAdminMail, "e-mail:       \n") ==
        "the administrative contact has an e-mail line that is not one address: ``");
  CHECK(why_with("status:       ACTIVE\n", std::string("status:       ACTIVE\n") + kAdminMail) ==
        "the answer has an `e-mail` outside of a contact");
}

TEST_CASE("WHOIS: the technical contact is absent where there is doubt") {
  const auto has_tech = [](const std::string& from, const std::string& to) {
    return std::get<IanaRecord>(read_whois(domain("zz"), replaced(plain(), from, to))).tech.has_value();
  };
  CHECK(has_tech("status:", "status:"));
  CHECK_FALSE(has_tech(kTechMail, ""));
  CHECK_FALSE(has_tech(kTechMail, std::string(kTechMail) + kAdminMail));
  CHECK_FALSE(has_tech(kTechMail, "e-mail:       nobody\n"));
  CHECK_FALSE(has_tech("contact:      technical", "contact:      billing"));
}

TEST_CASE("WHOIS: what is no such text is refused") {
  CHECK(why(read_whois(domain("zz"), "\r\n \n")) == "the answer is empty");
  CHECK(why(read_whois(domain("zz"), "% comments only\n")) ==
        "the answer does not say how many objects it found");
  CHECK(why(read_whois(domain("zz"), "% This query returned 1 object\n")) ==
        "the answer ends behind its comments: it was cut short");
  CHECK(why_with("phone:", "Phone number:") ==
        "line 18 of the answer is no `key: value`: `Phone number:        +00 0000 0000`");
  CHECK(why_with("Example City", "Example\x1b[2J") == "the answer has a control character");
  CHECK(why_with("Example City", "Example\xff") == "the answer is not UTF-8");
  CHECK(why(read_whois(domain("zz"), std::string(5'000'000, '%'))) ==
        "the answer is larger than 1048576 bytes");
  CHECK(why(read_whois(domain("zz"), "<html>\n")) == "line 1 of the answer is no `key: value`: `<html>`");
}

TEST_CASE("WHOIS: dates that are not told exactly once are absent") {
  const auto changed = [](const std::string& to) {
    return std::get<IanaRecord>(
        read_whois(domain("zz"), replaced(plain(), "changed:      2024-01-15\n", to)));
  };
  CHECK(changed("changed:      2024-01-16\n").admin.changed == parse_timestamp("2024-01-16"));
  CHECK_FALSE(changed("").admin.changed);
  CHECK_FALSE(changed("changed: yesterday\n").changed);
  CHECK_FALSE(changed("changed: 2024-01-16\nchanged: 2024-01-15\n").changed);
}
