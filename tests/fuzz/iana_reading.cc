#include "tests/fuzz/iana_reading.h"

#include "milter/contacts/contacts_json.h"
#include "milter/contacts/contacts_writer.h"
#include "milter/iana/merge.h"
#include "policy/text/characters.h"
#include "policy/text/utf8.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/inputs.h"
#include "tests/support/values.h"

namespace ccgate::fuzz {
namespace {

void check_name(const std::string& name) {
  expect_utf8(name, "a name is UTF-8");
  for (std::size_t at = 0; at < name.size();) {
    const auto code = read_code_point(name, at);
    expect(code && !is_control(*code), "a name is one line", name);
  }
}

void check_contact(const Contact& contact, std::string_view answer) {
  expect_plain(contact.email);
  check_name(contact.name);
  expect(!contact.first_seen && !contact.previous, "when it came, IANA does not say");
  if (answer.find('\\') == std::string_view::npos)
    expect(answer.find(contact.email.local() + "@") != std::string_view::npos,
           "an address stands in the answer", contact.email.text());
}

}  // namespace

void check_reading(const Reading& reading, std::string_view answer) {
  if (const auto* record = std::get_if<IanaRecord>(&reading)) {
    check_contact(record->admin, answer);
    if (record->tech) check_contact(*record->tech, answer);
    check_name(record->organisation);
  } else {
    expect_printable(std::get<Anomaly>(reading).why, "an anomaly is told in ASCII");
  }
  const Domain label = test::domain("xa");
  const CcTld old = test::cctld("xa", "hostmaster@nic.xa", "tech@nic.xa");
  const IanaAnswer given = std::holds_alternative<IanaRecord>(reading)
                               ? IanaAnswer(std::get<IanaRecord>(reading))
                               : IanaAnswer(std::get<Anomaly>(reading));
  for (const CcTld* before : {&old, static_cast<const CcTld*>(nullptr)}) {
    MergeOptions options;
    options.now = 1894708800;
    const Merged merged = merge(label, before, given, options);
    if (std::holds_alternative<Anomaly>(reading) && before != nullptr)
      expect(merged.cctld.contacts.at(Role::admin).email == before->contacts.at(Role::admin).email,
             "a doubtful answer changes no contact");
    ContactsFile file;
    file.cctlds.push_back(merged.cctld);
    Issues issues;
    const auto again = parse_contacts(write_contacts(file), "f", issues);
    expect(again && again->cctlds.size() == 1 &&
               again->cctlds.front().contacts.size() ==
                   (merged.cctld.unusable ? 0 : merged.cctld.contacts.size()),
           "contact data can be read", write_contacts(file));
  }
}

}  // namespace ccgate::fuzz
