// contacts.json and contacts-history.jsonl.
#include <algorithm>

#include "milter/contacts/contacts_check.h"
#include "milter/contacts/contacts_json.h"
#include "milter/contacts/contacts_writer.h"
#include "milter/contacts/history.h"
#include "tests/fuzz/inputs.h"
#include "tests/fuzz/targets.h"

namespace ccgate::fuzz {
namespace {

// All of IANA's are some 200 kB; the file may have a GiB, which takes minutes.
constexpr std::size_t kLargestSample = std::size_t{1024} * 1024;

void run_contacts(std::string_view input) {
  Issues issues;
  const auto contacts = parse_contacts(input, "f", issues);
  expect(contacts || has_errors(issues), "what cannot be read has an error");
  for (const Issue& issue : issues) expect_utf8(render(issue), "an issue is UTF-8");
  if (contacts) {
    for (const CcTld& each : contacts->cctlds) {
      expect(each.contacts.empty() || !each.unusable, "a bad entry has no contacts", each.label.ascii());
      for (const auto& [role, contact] : each.contacts) expect_plain(contact.email);
    }
    const std::string text = write_contacts(*contacts);
    Issues none;
    const auto again = parse_contacts(text, "f", none);
    expect(again && again->cctlds.size() == contacts->cctlds.size(), "what is written can be read", text);
    expect(write_contacts(*again) == text, "contacts read themselves", text);
    (void)check_contacts(*contacts, {}, {1894708800});
    (void)summarize(*contacts);
    const Directory directory(contacts->cctlds, {}, {}, contacts->fetched);
    for (const CcTld& each : contacts->cctlds)
      expect(directory.find(each.label) != nullptr, "a ccTLD is found", each.label.ascii());
  }
  std::string lines;
  const auto history = parse_history(input);
  for (const HistoryEntry& each : history) lines += history_line(each);
  const auto again = parse_history(lines);
  expect(again.size() == history.size(), "a history reads itself", lines);
}

std::vector<std::string> contacts_seeds() {
  std::vector<std::string> seeds = repository_files("tests/contacts", ".json");
  seeds.push_back(repository_file("tests/contacts/contacts-history.jsonl"));
  seeds.push_back(repository_file("tests/site/contacts.json.in"));
  return seeds;
}

std::vector<std::string> contacts_extremes() {
  const std::string begin = R"({"contacts": 1, "cctlds": {)";
  std::vector<std::string> all;
  for (const char* piece :
       {"[", "{\"a\":", "\"xa\": {", "\"xa\": {}, ", "\"\\u0000", "\"\xff\": 1, ", "-", "1e9", " "}) {
    all.push_back(begin + filled_up(piece, kLargestSample - 100));
    all.push_back(filled_up(piece, kLargestSample - 100));
  }
  all.push_back(
      filled_up(R"({"cctld": "xa", "role": "admin", "email": "a@nic.xa", "first_seen": "2020-01-01"})"
                "\n",
                kLargestSample / 4));
  return all;
}

}  // namespace

Target contacts_target() {
  return {"contacts", kLargestSample, run_contacts, contacts_seeds, contacts_extremes};
}

}  // namespace ccgate::fuzz
