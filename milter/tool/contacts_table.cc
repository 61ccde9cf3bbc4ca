#include "milter/tool/contacts_table.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "milter/contacts/contact_words.h"
#include "milter/tool/output.h"
#include "milter/tool/show_parts.h"
#include "policy/text/terminal_text.h"

namespace ccgate {
namespace {

using Json = nlohmann::ordered_json;

const Contact* admin_of(const CcTld& cctld) {
  const auto admin = cctld.contacts.find(Role::admin);
  return admin == cctld.contacts.end() ? nullptr : &admin->second;
}

std::vector<std::string> marks_of(const CcTld& cctld) {
  std::vector<std::string> marks;
  if (cctld.unusable)
    marks.emplace_back("unusable");
  else if (!cctld.anomaly.empty())
    marks.emplace_back("anomaly");
  if (const Contact* admin = admin_of(cctld); admin != nullptr && admin->previous)
    marks.emplace_back("previous");
  if (cctld.dnssec == true) marks.emplace_back("dnssec");
  return marks;
}

std::vector<const CcTld*> sorted(const std::vector<CcTld>& cctlds) {
  std::vector<const CcTld*> all;
  for (const CcTld& cctld : cctlds) all.push_back(&cctld);
  std::sort(all.begin(), all.end(), [](const CcTld* a, const CcTld* b) { return a->label < b->label; });
  return all;
}

std::string table_json(const ContactsView& view) {
  std::string out;
  for (const CcTld* each : sorted(view.contacts.cctlds)) {
    const Contact* admin = admin_of(*each);
    out += json_line({{"cctld", each->label.ascii()},
                      {"unicode", each->label.unicode()},
                      {"admin", admin != nullptr ? Json(admin->email.text()) : Json(nullptr)},
                      {"age_days", admin != nullptr ? json_age(*admin, view.now) : Json(nullptr)},
                      {"fetched", json_time(each->fetched)},
                      {"marks", marks_of(*each)}});
  }
  return out;
}

using Row = std::array<std::string, 5>;

std::string table_text(const ContactsView& view) {
  std::vector<Row> rows{{"CCTLD", "ADMIN CONTACT", "AGE", "FETCHED", "MARKS"}};
  for (const CcTld* each : sorted(view.contacts.cctlds)) {
    const Contact* admin = admin_of(*each);
    const auto since = admin != nullptr ? contact_since(*admin) : std::nullopt;
    rows.push_back({shown(cctld_name(each->label)), admin != nullptr ? shown(admin->email.text()) : "-",
                    since ? std::to_string(days(view.now - *since)) + "d" : "-",
                    each->fetched ? day_text(*each->fetched) : "-", with_commas(marks_of(*each))});
  }
  std::array<std::size_t, 5> widths{};
  for (const Row& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], columns(row[i]));
  std::string out;
  for (const Row& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) line += padded(row[i], widths[i] + 2);
    out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return out;
}

}  // namespace

std::string show_all(const ContactsView& view, bool json) {
  return json ? table_json(view) : table_text(view);
}

}  // namespace ccgate
