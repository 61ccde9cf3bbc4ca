#include <fstream>
#include <sstream>

#include "milter/contacts/contacts_json.h"
#include "milter/contacts/contacts_writer.h"
#include "tests/support/catch.h"
#include "tests/support/many_contacts.h"

using namespace ccgate;

namespace {

ContactsFile read_back(const std::string& text) {
  Issues issues;
  auto file = parse_contacts(text, "written", issues);
  for (const Issue& issue : issues) UNSCOPED_INFO(render(issue));
  REQUIRE(file);
  CHECK(issues.empty());
  return std::move(*file);
}

void check_equal(const Contact& a, const Contact& b) {
  CHECK(a.email.text() == b.email.text());
  CHECK(a.name == b.name);
  CHECK(a.changed == b.changed);
  CHECK(a.first_seen == b.first_seen);
  REQUIRE(a.previous.has_value() == b.previous.has_value());
  if (!a.previous) return;
  CHECK(a.previous->email.text() == b.previous->email.text());
  CHECK(a.previous->first_seen == b.previous->first_seen);
  CHECK(a.previous->last_seen == b.previous->last_seen);
}

void check_equal(const CcTld& a, const CcTld& b) {
  INFO(a.label.ascii());
  CHECK(a.label == b.label);
  CHECK(a.organisation == b.organisation);
  CHECK(a.fetched == b.fetched);
  CHECK(a.dnssec == b.dnssec);
  CHECK(a.anomaly == b.anomaly);
  CHECK(a.unusable == b.unusable);
  REQUIRE(a.contacts.size() == b.contacts.size());
  for (const auto& [role, contact] : a.contacts) check_equal(contact, b.contacts.at(role));
}

void check_equal(ContactsFile a, const ContactsFile& b) {
  std::sort(a.cctlds.begin(), a.cctlds.end(),
            [](const CcTld& x, const CcTld& y) { return x.label < y.label; });
  CHECK(a.fetched == b.fetched);
  CHECK(a.source == b.source);
  REQUIRE(a.cctlds.size() == b.cctlds.size());
  for (std::size_t i = 0; i < a.cctlds.size(); ++i) check_equal(a.cctlds[i], b.cctlds[i]);
}

CcTld one(const char* label, const std::string& name) {
  CcTld cctld{Domain::parse(label).value(), {}, name, std::nullopt, std::nullopt, "", false};
  cctld.contacts.emplace(Role::admin,
                         Contact{Address::parse("Host.Master@nic.example").value(), name, std::nullopt, 1});
  return cctld;
}

}  // namespace

TEST_CASE("what is written is read back, and written again as it was") {
  const ContactsFile file = many_contacts(300);
  const std::string text = write_contacts(file);
  const ContactsFile back = read_back(text);
  check_equal(file, back);
  CHECK(write_contacts(back) == text);
}

TEST_CASE("the sample is written and read back") {
  const std::ifstream stream(CCGATE_SOURCE_DIR "/conf/contacts.json");
  std::ostringstream text;
  text << stream.rdbuf();
  const ContactsFile sample = read_back(text.str());
  REQUIRE(sample.cctlds.size() == 4);
  check_equal(sample, read_back(write_contacts(sample)));
}

TEST_CASE("one line for each ccTLD, sorted by label") {
  ContactsFile file{{one("xb", ""), one("xa", "A")}, 1795327200, "by hand"};
  file.cctlds[1].contacts.at(Role::admin).previous =
      PreviousContact{Address::parse("old@nic.example").value(), 2, 3};
  file.cctlds[1].dnssec = true;
  file.cctlds[0].contacts.at(Role::admin).changed = 1795327200;
  file.cctlds[1].contacts.at(Role::admin).changed = 1710201600;
  CHECK(write_contacts(file) ==
        "{\"ccgate_contacts\": 1,\n"
        " \"source\": \"by hand\",\n"
        " \"fetched\": \"2026-11-22T06:00:00Z\",\n"
        " \"cctlds\": {\n"
        "  \"xa\": {\"admin\": {\"email\": \"Host.Master@nic.example\", \"name\": \"A\", \"changed\": "
        "\"2024-03-12\", "
        "\"first_seen\": \"1970-01-01T00:00:01Z\", \"previous\": {\"email\": \"old@nic.example\", "
        "\"first_seen\": "
        "\"1970-01-01T00:00:02Z\", \"last_seen\": \"1970-01-01T00:00:03Z\"}}, \"organisation\": \"A\", "
        "\"dnssec\": true},\n"
        "  \"xb\": {\"admin\": {\"email\": \"Host.Master@nic.example\", \"changed\": "
        "\"2026-11-22T06:00:00Z\", \"first_seen\": \"1970-01-01T00:00:01Z\"}}\n"
        " }}\n");
  CHECK(read_back(write_contacts({})).cctlds.empty());
}

TEST_CASE("no name spoils the file") {
  std::string every;
  for (int octet = 0; octet < 0x80; ++octet) every += static_cast<char>(octet);
  const auto name = GENERATE_COPY(
      values<std::string>({every, "\xc2\x80\xc2\x85\xc2\x9f\xc2\xa0", "\xef\xbb\xbf",
                           "\xe2\x80\xa8\xe2\x80\xae", "\"}}, \\\"x\\", "\xf0\x9f\x87\xab", "\xef\xbf\xbf"}));
  const ContactsFile file{{one("xa", name)}, std::nullopt, name};
  check_equal(file, read_back(write_contacts(file)));
}

TEST_CASE("octets that are no UTF-8 are replaced") {
  const ContactsFile back = read_back(write_contacts({{one("xa", "J\xfcrgen\xc2")}, std::nullopt, ""}));
  CHECK(back.cctlds.at(0).organisation == "J\xef\xbf\xbdrgen\xef\xbf\xbd");
}

TEST_CASE("an unusable ccTLD never comes back usable") {
  ContactsFile file{{one("xa", ""), one("xb", ""), one("xc", "")}, std::nullopt, ""};
  file.cctlds[0].unusable = true;
  file.cctlds[0].anomaly = "two admin contacts";
  file.cctlds[1].unusable = true;
  file.cctlds[2].contacts.clear();
  const std::string text = write_contacts(file);
  CHECK_THAT(text, contains("\"xa\": {\"anomaly\": \"two admin contacts\"}"));
  for (const CcTld& cctld : read_back(text).cctlds) {
    CHECK(cctld.unusable);
    CHECK(cctld.contacts.empty());
    CHECK_FALSE(cctld.anomaly.empty());
  }
}
