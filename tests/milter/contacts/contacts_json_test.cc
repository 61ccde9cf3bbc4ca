#include "milter/contacts/contacts_json.h"
#include "tests/support/catch.h"

using namespace ccgate;

namespace {

std::string file_with(const std::string& cctlds) {
  return "{\"ccgate_contacts\": 1, \"cctlds\": {" + cctlds + "}}";
}

}  // namespace

TEST_CASE("contacts.json is read as it stands") {
  Issues issues;
  const auto file = parse_contacts(
      R"({"ccgate_contacts": 1, "source": "https://rdap.example", "fetched": "2026-11-22T06:00:00Z",
 "cctlds": {"xa": {"admin": {"email": "Hostmaster@nic.example", "name": "J\u00fcrgen", "changed": "2024-03-12",
   "first_seen": "2024-03-13"}, "tech": {"email": "noc@nic.example"}, "organisation": "NIC",
   "fetched": "2026-11-22T06:00:00Z", "dnssec": true, "anomaly": "moved"},
  "xn--p1ai": {"admin": {"email": "a@nic.example"}, "security": {"email": "s@nic.example"},
   "authorizing": {"email": "b@nic.example"}}}})",
      "contacts.json", issues);
  for (const Issue& issue : issues) UNSCOPED_INFO(render(issue));
  REQUIRE(file);
  CHECK(issues.empty());
  CHECK(file->source == "https://rdap.example");
  CHECK(file->fetched == 1795327200);
  REQUIRE(file->cctlds.size() == 2);
  const CcTld& xa = file->cctlds[0];
  CHECK(xa.label.ascii() == "xa");
  CHECK(xa.contacts.at(Role::admin).email.text() == "Hostmaster@nic.example");
  CHECK(xa.contacts.at(Role::admin).name == "J\xc3\xbcrgen");
  CHECK(xa.contacts.at(Role::admin).changed == 1710201600);
  CHECK(xa.contacts.at(Role::admin).first_seen == 1710288000);
  CHECK(xa.contacts.at(Role::tech).email.text() == "noc@nic.example");
  CHECK(xa.organisation == "NIC");
  CHECK(xa.dnssec == true);
  CHECK(xa.anomaly == "moved");
  CHECK_FALSE(xa.unusable);
  CHECK(file->cctlds[1].contacts.size() == 3);
}

TEST_CASE("a file that is not well-formed is refused whole") {
  const std::string good = R"("xa": {"admin": {"email": "a@nic.example"}})";
  struct Row {
    const char* story;
    std::string text;
    std::string want;
  };
  const auto row = GENERATE_COPY(values<Row>({
      {"nothing", "", "f:1:1: error: this is not JSON: unexpected end of input"},
      {"half a file", "{\"ccgate_contacts\": 1,",
       "f:1:22: error: this is not JSON: unexpected end of input; expected string literal"},
      {"two values", "{} {}", "f:1:4: error: this is not JSON: unexpected '{'; expected end of input"},
      {"a comment", "/* */ {}", "f:1:1: error: this is not JSON: invalid literal"},
      {"invalid UTF-8", "{\"\xff\": 1}", "f:1:3: error: this is not UTF-8"},
      {"a list", "[]", "f:1:1: error: the file must be an object"},
      {"another format", "{\"ccgate_contacts\": 2, \"cctlds\": {}}",
       "f:1:21: error: `ccgate_contacts` must be 1"},
      {"no ccTLDs", "{\"ccgate_contacts\": 1}", "f:1:1: error: `cctlds` must be an object"},
      {"a duplicate key", file_with(good + ",\n" + good), "f:2:1: error: duplicate key `xa`"},
      {"a duplicate key in an escape", file_with(good + R"(, "x\u0061": {})"),
       "f:1:80: error: duplicate key `xa`"},
      {"an unknown key", "{\"ccgate_contacts\": 1, \"cctlds\": {}, \"sourse\": \"\"}",
       "f:1:38: error: unknown key `sourse`"},
      {"an unknown key of an entry", file_with(R"("xa": {"admins": {}})"),
       "f:1:42: error: unknown key `admins`"},
      {"an unknown key of a contact", file_with(R"("xa": {"admin": {"mail": "a@nic.example"}})"),
       "f:1:52: error: unknown key `mail`"},
      {"an unknown key of the contact before",
       file_with(R"("xa": {"admin": {"previous": {"mail": "a@nic.example"}}})"),
       "f:1:65: error: unknown key `mail`"},
      {"a list of ccTLDs", "{\"ccgate_contacts\": 1, \"cctlds\": [\"xa\"]}",
       "f:1:34: error: `cctlds` must be an object"},
      {"a bad time", "{\"ccgate_contacts\": 1, \"fetched\": \"yesterday\", \"cctlds\": {}}",
       "f:1:35: error: `fetched` is not a time"},
      {"33 levels", std::string(33, '['), "f:1:33: error: nested deeper than 32 levels"},
      {"a million levels", std::string(1'000'000, '['), "f:1:33: error: nested deeper than 32 levels"},
  }));
  INFO(row.story);
  Issues issues;
  CHECK_FALSE(parse_contacts(row.text, "f", issues));
  REQUIRE(has_errors(issues));
  const auto error = std::find_if(issues.begin(), issues.end(),
                                  [](const Issue& issue) { return issue.severity == Severity::error; });
  const std::string shown = render(*error);
  CHECK(shown.substr(0, row.want.size()) == row.want);
}

TEST_CASE("a bad entry spoils its ccTLD and no other") {
  struct Row {
    const char* story;
    std::string entry;
  };
  const auto row = GENERATE(values<Row>({
      {"no admin contact", R"("xa": {"tech": {"email": "a@nic.example"}})"},
      {"no address", R"("xa": {"admin": {"name": "A"}})"},
      {"two addresses", R"("xa": {"admin": {"email": "a@nic.example, b@nic.example"}})"},
      {"a display name", R"("xa": {"admin": {"email": "A <a@nic.example>"}})"},
      {"a number for an address", R"("xa": {"admin": {"email": 1}})"},
      {"a bad address of another role",
       R"("xa": {"admin": {"email": "a@nic.example"}, "tech": {"email": "x"}})"},
      {"a text for a contact", R"("xa": {"admin": "a@nic.example"})"},
      {"a text for the entry", R"("xa": "a@nic.example")"},
      {"a bad time", R"("xa": {"admin": {"email": "a@nic.example", "changed": "2024-13-01"}})"},
      {"a text for the contact before", R"("xa": {"admin": {"email": "a@nic.example", "previous": "b"}})"},
      {"no address of the contact before",
       R"("xa": {"admin": {"email": "a@nic.example", "previous": {"first_seen": "2024-03-12"}}})"},
      {"a bad address of the contact before",
       R"("xa": {"admin": {"email": "a@nic.example", "previous": {"email": "b"}}})"},
      {"a bad time of the contact before",
       R"("xa": {"admin": {"email": "a@nic.example"},
          "tech": {"email": "a@nic.example", "previous": {"email": "b@nic.example", "last_seen": "then"}}})"},
      {"an empty anomaly and no contact", R"("xa": {"anomaly": ""})"},
      {"an anomaly and no admin contact", R"("xa": {"anomaly": "odd", "tech": {"email": "a@nic.example"}})"},
      {"an anomaly that is no text", R"("xa": {"anomaly": 1})"},
      {"a bad truth", R"("xa": {"admin": {"email": "a@nic.example"}, "dnssec": "yes"})"},
      {"upper case", R"("XA": {"admin": {"email": "a@nic.example"}})"},
      {"a leading dot", R"(".xa": {"admin": {"email": "a@nic.example"}})"},
      {"two spellings",
       R"("xa": {"admin": {"email": "a@nic.example"}}, "XA": {"admin": {"email": "a@nic.example"}})"},
      {"two spellings, the other way",
       R"("XA": {"admin": {"email": "a@nic.example"}}, "xa": {"admin": {"email": "a@nic.example"}})"},
  }));
  INFO(row.story);
  Issues issues;
  const auto file =
      parse_contacts(file_with(row.entry + R"(, "xb": {"admin": {"email": "b@nic.example"}})"), "f", issues);
  REQUIRE(file);
  CHECK_FALSE(has_errors(issues));
  CHECK_FALSE(issues.empty());
  REQUIRE(file->cctlds.size() == 2);
  CHECK(file->cctlds[0].label.ascii() == "xa");
  CHECK(file->cctlds[0].unusable);
  CHECK(file->cctlds[0].contacts.empty());
  CHECK_FALSE(file->cctlds[0].anomaly.empty());
  CHECK(file->cctlds[1].label.ascii() == "xb");
  CHECK_FALSE(file->cctlds[1].unusable);
}

TEST_CASE("a label that cannot be a ccTLD is dropped with a warning") {
  Issues issues;
  const auto file = parse_contacts(
      file_with(
          R"("example": {"admin": {"email": "a@nic.example"}}, "xa": {"admin": {"email": "a@nic.example"}})"),
      "f", issues);
  REQUIRE(file);
  CHECK(file->cctlds.size() == 1);
  REQUIRE(issues.size() == 1);
  CHECK(issues.front().what == "`example` cannot be a ccTLD: the entry is dropped");
  CHECK(issues.front().severity == Severity::warning);
}

TEST_CASE("the contact before is read") {
  Issues issues;
  const auto file =
      parse_contacts(file_with(
                         R"("xa": {"admin": {"email": "a@nic.example", "previous": {"email": "B@nic.example",
   "first_seen": "2024-03-12", "last_seen": "2024-03-13"}}, "tech": {"email": "a@nic.example", "previous": null}},
  "xb": {"admin": {"email": "a@nic.example", "previous": {"email": "b@nic.example"}}})"),
                     "f", issues);
  REQUIRE(file);
  CHECK(issues.empty());
  const auto& contacts = file->cctlds.at(0).contacts;
  const auto& previous = contacts.at(Role::admin).previous;
  REQUIRE(previous);
  CHECK(previous->email.text() == "B@nic.example");
  CHECK(previous->first_seen == 1710201600);
  CHECK(previous->last_seen == 1710288000);
  CHECK_FALSE(contacts.at(Role::tech).previous);
  REQUIRE(file->cctlds.at(1).contacts.at(Role::admin).previous);
  CHECK_FALSE(file->cctlds.at(1).contacts.at(Role::admin).previous->last_seen);
}

TEST_CASE("a ccTLD that could never be read is its anomaly alone") {
  Issues issues;
  const auto file = parse_contacts(
      file_with(
          R"("xa": {"anomaly": "two admin contacts", "admin": null, "fetched": "2024-03-12"}, "xb": {"anomaly": "x"})"),
      "f", issues);
  REQUIRE(file);
  CHECK(issues.empty());
  REQUIRE(file->cctlds.size() == 2);
  CHECK(file->cctlds[0].unusable);
  CHECK(file->cctlds[0].anomaly == "two admin contacts");
  CHECK(file->cctlds[0].fetched == 1710201600);
  CHECK(file->cctlds[0].contacts.empty());
  CHECK(file->cctlds[1].unusable);
}

TEST_CASE("of a file that cannot be read to its end, no entry is told") {
  Issues issues;
  CHECK_FALSE(parse_contacts("{\"ccgate_contacts\": 1, \"cctlds\": {\"xa\": {}, \"xb\": {},", "f", issues));
  REQUIRE(issues.size() == 1);
  CHECK_THAT(issues.front().what, contains("this is not JSON"));
}
