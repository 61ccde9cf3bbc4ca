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
  REQUIRE(text.find(from, at + 1) == std::string::npos);
  return text.replace(at, from.size(), to);
}

std::string why(const Reading& reading) {
  const auto* anomaly = std::get_if<Anomaly>(&reading);
  return anomaly == nullptr ? "(a record)" : anomaly->why;
}

std::string email(const std::optional<Contact>& contact) {
  return contact ? contact->email.text() : "(none)";
}

const std::string kAdminRole = R"(["administrative"])", kTechRole = R"(["technical"])";
const std::string kAdminMail = R"(["email", {"type": ["work"]}, "text", "tld-admin@nic.xa"])";
const std::string kTechMail = R"(["email", {"type": ["work"]}, "text", "tld-tech@nic.xa"])";

std::string entity(const std::string& roles, const std::string& fn, const std::string& mail,
                   const std::string& date = "2024-01-15T00:00:00+00:00", const std::string& more = "") {
  return R"({"objectClassName": "entity", "roles": )" + roles +
         R"(, "vcardArray": ["vcard", [["version", {}, "text", "4.0"], ["fn", {}, "text", ")" + fn + "\"]" +
         (mail.empty() ? "" : ", " + mail) +
         R"(]], "events": [{"eventAction": "last changed", "eventDate": ")" + date + "\"}]" + more + "}";
}

const std::string kAdmin = entity(kAdminRole, "TLD Admin", kAdminMail);
const std::string kTech = entity(kTechRole, "TLD Tech", kTechMail);
const std::string kRegistrant = entity(R"(["registrant"])", "Example Registry", "");

std::string answer(const std::string& entities, const std::string& more = "") {
  return R"({"objectClassName": "domain", "ldhName": "xa", "secureDNS": {"delegationSigned": true}, "entities": [)" +
         entities +
         R"(], "events": [{"eventAction": "last changed", "eventDate": "2024-02-01T00:00:00+00:00"}])" +
         more + "}";
}

Reading read_xa(const std::string& body) {
  return read_rdap(domain("xa"), body);
}

/// With another e-mail property of the administrative contact.
std::string why_with_mail(const std::string& mail) {
  return why(read_xa(answer(entity(kAdminRole, "TLD Admin", mail) + "," + kTech)));
}

}  // namespace

TEST_CASE("RDAP: every recorded record is read as expected") {
  for (auto& want : expected_records()) {
    const std::string label = want["a_label"];
    INFO(label);
    const Reading reading = read_rdap(domain(label), read_iana("rdap/" + label + ".json"));
    INFO(why(reading));
    REQUIRE(std::holds_alternative<IanaRecord>(reading));
    const auto& got = std::get<IanaRecord>(reading);
    CHECK(got.admin.email.text() == want["admin_email"]);
    CHECK(got.admin.changed == parse_timestamp(want["admin_changed"]));
    CHECK_FALSE(got.admin.name.empty());
    CHECK_FALSE(got.admin.first_seen);
    CHECK_FALSE(got.admin.previous);
    CHECK(email(got.tech) == want["tech_email"]);
    REQUIRE(got.tech);
    CHECK(got.tech->changed == parse_timestamp(want["tech_changed"]));
    CHECK(got.changed == parse_timestamp(want["domain_changed"]));
    CHECK(got.organisation == want["manager"]);
    CHECK(got.dnssec.has_value());
  }
}

TEST_CASE("RDAP: a signed delegation and one without DS") {
  CHECK(std::get<IanaRecord>(read_rdap(domain("fr"), read_iana("rdap/fr.json"))).dnssec == true);
  CHECK(std::get<IanaRecord>(read_rdap(domain("tj"), read_iana("rdap/tj.json"))).dnssec == false);
}

TEST_CASE("RDAP: a later state of two records") {
  const auto tr = std::get<IanaRecord>(read_rdap(domain("tr"), read_iana("rdap-later/tr.json")));
  CHECK(tr.admin.email.text() == "contact2@btk.gov.tr");
  CHECK(tr.admin.changed == parse_timestamp("2026-07-01"));
  CHECK(email(tr.tech) == "contact3@btk.gov.tr");
  const auto de = std::get<IanaRecord>(read_rdap(domain("de"), read_iana("rdap-later/de.json")));
  CHECK(de.admin.email.text() == "ianacontact@denic.de");
  CHECK(de.admin.changed == parse_timestamp("2023-04-04"));
  CHECK(de.changed == parse_timestamp("2026-08-04"));
}

TEST_CASE("RDAP: failures and variants, each with its words") {
  struct Row {
    const char* file;
    const char* want;
  };
  const auto row = GENERATE(values<Row>({
      {"rdap-404.json", "IANA has no such ccTLD (RDAP error 404)"},
      {"rdap-429.json", "the answer is RDAP error `429`"},
      {"rdap-html-not-json.json", "the answer is a page for browsers in place of JSON"},
      {"rdap-no-admin.json", "no entity has the role `administrative`"},
      {"rdap-no-email.json", "the administrative contact has no e-mail address"},
      {"rdap-one-entity-two-roles.json", "(a record)"},
      {"rdap-plain.json", "(a record)"},
      {"rdap-truncated.json",
       "the answer cannot be read as JSON: syntax error or cut short (line 1, column 700)"},
      {"rdap-two-emails.json", "the administrative contact has more than one e-mail address"},
  }));
  INFO(row.file);
  const Reading reading = read_rdap(domain("zz"), read_iana(std::string("odd/") + row.file));
  CHECK(why(reading) == row.want);
  if (const auto* anomaly = std::get_if<Anomaly>(&reading))
    CHECK(anomaly->not_delegated == (std::string(row.file) == "rdap-404.json"));
}

TEST_CASE("RDAP: one entity may have two roles") {
  const auto got =
      std::get<IanaRecord>(read_rdap(domain("zz"), read_iana("odd/rdap-one-entity-two-roles.json")));
  CHECK(got.admin.email.text() == "tld-admin@nic.example");
  CHECK(email(got.tech) == "tld-admin@nic.example");
}

TEST_CASE("RDAP: the answer must be about the ccTLD asked for") {
  CHECK(why(read_rdap(domain("pm"), read_iana("rdap/fr.json"))) == "the answer is about the domain `fr`");
  const std::string plain = answer(kAdmin);
  CHECK(why(read_xa(replaced(plain, R"("xa")", R"("XA")"))) == "(a record)");
  CHECK(why(read_xa(replaced(plain, R"("xa")", R"("xa.")"))) == "the answer is about the domain `xa.`");
  CHECK(why(read_xa(replaced(plain, R"("xa")", R"("xb\r\nx\u00e9`")"))) ==
        "the answer is about the domain `xb\\x0d\\x0ax\\xc3\\xa9\\x60`");
  CHECK(why(read_xa(replaced(plain, R"("xa")", "7"))) == "the answer has no `ldhName`");
  CHECK(why(read_xa(replaced(plain, R"("domain")", R"("nameserver")"))) ==
        "the answer is about `nameserver`, not about a domain");
  CHECK(why(read_xa(replaced(plain, R"("objectClassName": "domain", )", ""))) ==
        "the answer has no `objectClassName`");
}

TEST_CASE("RDAP: unicodeName is not looked at") {
  CHECK(why(read_xa(answer(kAdmin, R"(, "unicodeName": "xb")"))) == "(a record)");
}

TEST_CASE("RDAP: what is not sound JSON is refused") {
  CHECK(why(read_xa("")) == "the answer is empty");
  CHECK(why(read_xa(" \r\n")) == "the answer is empty");
  CHECK(why(read_xa("[]")) == "the answer is no JSON object");
  CHECK(why(read_xa("null")) == "the answer is no JSON object");
  CHECK(why(read_xa("{} {}")) ==
        "the answer cannot be read as JSON: syntax error or cut short (line 1, column 4)");
  CHECK(why(read_xa(R"({"ldhName": "xa", "ldhName": "xa"})")) ==
        "the answer cannot be read as JSON: duplicate key `ldhName` (line 1, column 19)");
  CHECK(why(read_xa("{\"a\\u001b[2J\": 1, \"a\\u001b[2J\": 1}")) ==
        "the answer cannot be read as JSON: duplicate key `a\\x1b[2J` (line 1, column 19)");
  CHECK(why(read_xa("\xef\xbb\xbf{}")) ==
        "the answer cannot be read as JSON: it starts with a byte order mark (line 1, column 1)");
  CHECK(why(read_xa("{\"ldhName\": \"\xff\"}")) ==
        "the answer cannot be read as JSON: this is not UTF-8 (line 1, column 14)");
}

TEST_CASE("RDAP: size and depth are bounded") {
  CHECK(why(read_xa(std::string(10'000, '['))) ==
        "the answer cannot be read as JSON: nested deeper than 16 levels (line 1, column 17)");
  CHECK(why(read_xa(answer(kAdmin, ", \"x\": " + std::string(10'000, '[') + std::string(10'000, ']')))) ==
        "the answer cannot be read as JSON: nested deeper than 16 levels (line 1, column " +
            std::to_string(answer(kAdmin, ", \"x\": ").size() + 15) + ")");
  CHECK(why(read_xa(answer(kAdmin, ", \"x\": \"" + std::string(5'000'000, 'x') + "\""))) ==
        "the answer is larger than 1048576 bytes");
  std::string many = "[0";
  for (int i = 0; i < 30'000; ++i) many += ",0";
  CHECK_THAT(why(read_xa(answer(kAdmin, ", \"x\": " + many + "]"))), contains("more than 20000 values"));
}

TEST_CASE("RDAP: roles count, not positions") {
  const auto swapped = std::get<IanaRecord>(read_xa(answer(kTech + "," + kRegistrant + "," + kAdmin)));
  CHECK(swapped.admin.email.text() == "tld-admin@nic.xa");
  CHECK(swapped.admin.name == "TLD Admin");
  CHECK(email(swapped.tech) == "tld-tech@nic.xa");
  CHECK(swapped.organisation == "Example Registry");

  CHECK(why(read_xa(answer(kAdmin + "," + kAdmin))) == "more than one entity has the role `administrative`");
  CHECK(why(read_xa(answer(kAdmin + "," + entity(R"(["technical", "Administrative"])", "x", kTechMail)))) ==
        "more than one entity has the role `administrative`");
  CHECK(why(read_xa(answer(kTech))) == "no entity has the role `administrative`");
  // Within another entity the role is another relation.
  CHECK(why(read_xa(answer(
            entity(R"(["registrant"])", "x", "", "2024-01-15", ", \"entities\": [" + kAdmin + "]")))) ==
        "no entity has the role `administrative`");
}

TEST_CASE("RDAP: an entity that cannot be read could be another contact") {
  CHECK(why(read_xa(answer(kAdmin + ", 7"))) == "one of the `entities` is no entity");
  CHECK(why(read_xa(answer(kAdmin + R"(, {"objectClassName": "domain", "roles": ["technical"]})"))) ==
        "one of the `entities` is no entity");
  for (const char* roles : {"[]", "[7]", R"("technical")", "{}", "null"}) {
    INFO(roles);
    CHECK(why(read_xa(answer(kAdmin + "," + entity(roles, "x", kTechMail)))) ==
          "one of the `entities` has no readable `roles`");
  }
  CHECK(why(read_xa(R"({"objectClassName": "domain", "ldhName": "xa"})")) ==
        "the record has no list of `entities`");
}

TEST_CASE("RDAP: exactly one address, strictly") {
  struct Row {
    const char* mail;
    const char* want;
  };
  const auto row = GENERATE(values<Row>({
      {R"(["email", {}, "text", "tld-admin@nic.xa"])", "(a record)"},
      {R"(["email", {}, "text", "tld-admin@r\u00e9gistre.xa"])", "(a record)"},
      {R"(["email", {}, "text", "\u0442\u0435\u0441\u0442@xn--e1aybc.xa"])", "(a record)"},
      {R"(["EMAIL", {}, "text", "a@nic.xa"], ["email", {}, "text", "b@nic.xa"])",
       "the administrative contact has more than one e-mail address"},
      {R"(["email", {}, "text", "a@nic.xa", "b@nic.xa"])",
       "the administrative contact has an e-mail property with several values"},
      {R"(["email", {}, "text", ["a@nic.xa"]])",
       "the administrative contact has an e-mail property that is no string"},
      {R"(["email", {}, "text", 7])", "the administrative contact has an e-mail property that is no string"},
      {R"(["email", {}, "text", null])",
       "the administrative contact has an e-mail property that is no string"},
      {R"(["email", {}, "uri", "mailto:a@nic.xa"])",
       "the administrative contact has an e-mail property of type `uri`"},
      {R"(["email", {}, "text", "mailto:a@nic.xa"])",
       "the administrative contact has an e-mail property that is not one address: `mailto:a@nic.xa`"},
      {R"(["email", {}, "text"])", "the administrative contact has a jCard property that cannot be read"},
      {R"(["email", [], "text", "a@nic.xa"])",
       "the administrative contact has a jCard property that cannot be read"},
      {R"("email")", "the administrative contact has a jCard property that cannot be read"},
      {R"(["email", {}, "text", "TLD Admin <a@nic.xa>"])",
       "the administrative contact has an e-mail property that is not one address: `TLD Admin <a@nic.xa>`"},
      {R"(["email", {}, "text", "<a@nic.xa>"])",
       "the administrative contact has an e-mail property that is not one address: `<a@nic.xa>`"},
      {R"(["email", {}, "text", "a@nic.xa "])",
       "the administrative contact has an e-mail property that is not one address: `a@nic.xa `"},
      {R"(["email", {}, "text", "a@nic.xa, b@nic.xa"])",
       "the administrative contact has an e-mail property that is not one address: `a@nic.xa, b@nic.xa`"},
      {R"(["email", {}, "text", "a@nic.xa\r\nBcc: b@nic.xa"])",
       "the administrative contact has an e-mail property that is not one address: "
       "`a@nic.xa\\x0d\\x0aBcc: b@nic.xa`"},
      {R"(["email", {}, "text", "a@nic.xa\u0000"])",
       "the administrative contact has an e-mail property that is not one address: `a@nic.xa\\x00`"},
      {R"(["email", {}, "text", ""])",
       "the administrative contact has an e-mail property that is not one address: ``"},
      {R"(["email", {}, "text", "REDACTED FOR PRIVACY"])",
       "the administrative contact has an e-mail property that is not one address: `REDACTED FOR PRIVACY`"},
  }));
  INFO(row.mail);
  CHECK(why_with_mail(row.mail) == row.want);
}

TEST_CASE("RDAP: a long text of the answer is cut in ours") {
  CHECK(why_with_mail(R"(["email", {}, "text", ")" + std::string(5'000, 'a') + "\"]") ==
        "the administrative contact has an e-mail property that is not one address: `" +
            std::string(60, 'a') + "...`");
}

TEST_CASE("RDAP: no jCard, no address") {
  const auto card = [](const std::string& value) {
    return why(read_xa(answer(R"({"objectClassName": "entity", "roles": ["administrative"], "vcardArray": )" +
                              value + "}")));
  };
  for (const char* value : {"null", "[]", R"(["vcard"])", R"(["vcard", {}])", R"(["xcard", []])",
                            R"([7, []])", R"(["vcard", [], []])"}) {
    INFO(value);
    CHECK(card(value) == "the administrative contact has no readable `vcardArray`");
  }
  CHECK(card(R"(["vcard", []])") == "the administrative contact has no e-mail address");
}

TEST_CASE("RDAP: the technical contact is absent where the administrative one would be an anomaly") {
  const auto tech = [](const std::string& entities, const std::string& more = "") {
    const Reading reading = read_xa(answer(kAdmin + entities, more));
    INFO(why(reading));
    REQUIRE(std::holds_alternative<IanaRecord>(reading));
    CHECK(std::get<IanaRecord>(reading).admin.email.text() == "tld-admin@nic.xa");
    return email(std::get<IanaRecord>(reading).tech);
  };
  CHECK(tech("," + kTech) == "tld-tech@nic.xa");
  CHECK(tech("") == "(none)");
  CHECK(tech("," + entity(kTechRole, "x", "")) == "(none)");
  CHECK(tech("," + kTech + "," + kTech) == "(none)");
  CHECK(tech("," + entity(kTechRole, "x", kTechMail + "," + kAdminMail)) == "(none)");
  CHECK(tech("," + entity(kTechRole, "x", R"(["email", {}, "text", "nobody"])")) == "(none)");
  CHECK(tech("," + kTech, R"(, "redacted": [{"name": {"type": "Tech Email"}}])") == "(none)");
}

TEST_CASE("RDAP: dates that are not told are absent") {
  const auto changed = [](const std::string& date) {
    return std::get<IanaRecord>(read_xa(answer(entity(kAdminRole, "x", kAdminMail, date)))).admin.changed;
  };
  CHECK(changed("2024-03-12T00:00:00+00:00") == parse_timestamp("2024-03-12"));
  CHECK(changed("2024-03-12T02:00:00+02:00") == parse_timestamp("2024-03-12"));
  CHECK(changed("2024-03-12T00:00:00Z") == parse_timestamp("2024-03-12"));
  CHECK_FALSE(changed("2024-03-12T00:00:00"));
  CHECK_FALSE(changed("last week"));
  const std::string once = R"({"eventAction": "last changed", "eventDate": "2024-01-15T00:00:00+00:00"})";
  const auto with_events = [&](const std::string& events) {
    return std::get<IanaRecord>(read_xa(answer(replaced(kAdmin, once, events)))).admin.changed;
  };
  CHECK_FALSE(with_events(""));
  CHECK_FALSE(with_events(once + "," + once));
  CHECK_FALSE(with_events(R"({"eventAction": "last changed", "eventDate": 7})"));
  CHECK_FALSE(with_events(R"({"eventAction": "registration", "eventDate": "2024-01-15T00:00:00Z"})"));
}

TEST_CASE("RDAP: names are one line, and nothing when doubtful") {
  const auto name = [](const std::string& fn) {
    return std::get<IanaRecord>(read_xa(answer(entity(kAdminRole, fn, kAdminMail)))).admin.name;
  };
  CHECK(name(R"( TLD\r\n\tAdmin\u0000\u0085\u2028 )") == "TLD Admin");
  CHECK(name(R"(R\u00e9gistre \u2014 \u00c2)") == "R\xc3\xa9gistre \xe2\x80\x94 \xc3\x82");
  CHECK(name(R"(a"], ["fn", {}, "text", "b)").empty());
  const auto organisation = [](const std::string& entities) {
    return std::get<IanaRecord>(read_xa(answer(kAdmin + entities))).organisation;
  };
  CHECK(organisation("").empty());
  CHECK(organisation("," + kRegistrant + "," + kRegistrant).empty());
}

TEST_CASE("RDAP: DNSSEC is told or absent") {
  const auto dnssec = [](const std::string& value) {
    return std::get<IanaRecord>(read_xa(replaced(answer(kAdmin), R"({"delegationSigned": true})", value)))
        .dnssec;
  };
  CHECK(dnssec(R"({"delegationSigned": true})") == true);
  CHECK(dnssec(R"({"delegationSigned": false})") == false);
  CHECK(dnssec("{}") == std::nullopt);
  CHECK(dnssec("null") == std::nullopt);
  CHECK(dnssec(R"({"delegationSigned": "true"})") == std::nullopt);
  CHECK(dnssec(R"({"delegationSigned": 1})") == std::nullopt);
}

TEST_CASE("RDAP: redaction of the administrative contact, or one that is not understood, is an anomaly") {
  struct Row {
    const char* redacted;
    const char* want;
  };
  const auto row = GENERATE(values<Row>({
      {"[]", "(a record)"},
      {R"([{"name": {"type": "Registrant Phone"}, "method": "removal"}])", "(a record)"},
      {R"([{"name": {"description": "Registrant Name"},
            "prePath": "$.entities[?(@.roles[0]=='registrant')].vcardArray[1][?(@[0]=='fn')]"}])",
       "(a record)"},
      {R"([{"name": {"type": "Tech Email"}}, {"name": {"description": "Admin Email"}}])",
       "something of the administrative contact is redacted: `Admin Email`"},
      {R"([{"name": {"description": "the e-mail of the administrative contact"}}])",
       "something of the administrative contact is redacted: `the e-mail of the administrative contact`"},
      {R"([{"name": {"type": "Registrant Phone"},
            "prePath": "$.entities[?(@.roles[0]=='registrant' || @.roles[0]=='administrative')]"}])",
       "the record has a redaction that is not understood: `Registrant Phone`"},
      {R"([{"name": {"type": "Registrant Phone"}, "prePath": "$..vcardArray"}])",
       "the record has a redaction that is not understood: `Registrant Phone`"},
      {R"([{"name": {"type": "Registrant Phone"}, "postPath": 7}])",
       "the record has a redaction that is not understood: `Registrant Phone`"},
      {R"([{"name": {"type": "e-mail addresses"}}])",
       "the record has a redaction that is not understood: `e-mail addresses`"},
      {R"([{"name": "Tech Email"}])", "the record has a redaction without a readable name"},
      {R"([{"name": {"type": "Tech Email", "description": "Admin Email"}}])",
       "the record has a redaction without a readable name"},
      {"[7]", "the record has a redaction without a readable name"},
      {"true", "the record has a `redacted` member that is no list"},
      {"null", "the record has a `redacted` member that is no list"},
  }));
  INFO(row.redacted);
  CHECK(why(read_xa(answer(kAdmin + "," + kTech, std::string(", \"redacted\": ") + row.redacted))) ==
        row.want);
}

TEST_CASE("RDAP: redaction of a role that the administrative contact has too") {
  const std::string both = entity(R"(["technical", "administrative"])", "x", kAdminMail);
  CHECK(why(read_xa(answer(both, R"(, "redacted": [{"name": {"type": "Tech Name"}}])"))) ==
        "something of the administrative contact is redacted");
}

TEST_CASE("RDAP: marks of redaction elsewhere") {
  const std::string remark = R"(, "remarks": [{"type": "object redacted due to authorization"}])";
  const auto marked = [&](const std::string& more) {
    return why(read_xa(answer(entity(kAdminRole, "x", kAdminMail, "2024-01-15", more))));
  };
  CHECK(marked(remark) == "the administrative contact is marked as redacted or truncated");
  CHECK(marked(R"(, "redacted": [])") == "the administrative contact is marked as redacted or truncated");
  CHECK(marked(R"(, "remarks": [{"title": "note"}, 7])") == "(a record)");
  CHECK(
      why(read_xa(answer(kAdmin, R"(, "notices": [{"type": "object truncated due to excessive load"}])"))) ==
      "the record is marked as redacted or truncated");
}

TEST_CASE("RDAP: errors are no records, whatever else is in them") {
  CHECK(why(read_xa(answer(kAdmin, R"(, "errorCode": 404)"))) == "the answer is RDAP error `404`");
  CHECK_FALSE(std::get<Anomaly>(read_xa(answer(kAdmin, R"(, "errorCode": 404)"))).not_delegated);
  CHECK(why(read_xa(R"({"errorCode": "404"})")) == "the answer has an `errorCode` that is no number");
  CHECK(why(read_xa(R"({"errorCode": null})")) == "the answer has an `errorCode` that is no number");
}
