#include "milter/tool/outreach_text.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <vector>

#include "milter/contacts/contact_words.h"
#include "milter/system/timestamp.h"
#include "milter/tool/output.h"
#include "milter/tool/show_parts.h"
#include "policy/names/domain.h"
#include "policy/text/terminal_text.h"

namespace ccgate {
namespace {

using Json = nlohmann::ordered_json;
using LetterRow = std::array<std::string, 4>;

std::string names_of(const std::vector<std::string>& labels) {
  std::string text;
  for (const std::string& label : labels) {
    const auto domain = Domain::parse(label);
    text += (text.empty() ? "" : ", ") + (domain ? cctld_name(*domain) : "." + label);
  }
  return text;
}

std::size_t count_of(const ListLetters& letters, LetterKind kind) {
  return static_cast<std::size_t>(std::count_if(letters.all.begin(), letters.all.end(),
                                                [&](const Letter& each) { return each.kind == kind; }));
}

}  // namespace

std::string reason_text(const Letter& letter) {
  std::string text(to_string(letter.why));
  if (letter.since != 0) text += " " + day_text(letter.since);
  if (letter.why == LetterReason::invited && letter.reminders != 0)
    text += fmt::format(", reminded {}", letter.reminders);
  if (!letter.decision_id.empty()) text += fmt::format(" [{}]", letter.decision_id);
  return text;
}

std::string letters_text(const ListLetters& letters, const ListConfig& list) {
  std::vector<LetterRow> rows{{"NEXT", "CCTLDS", "CONTACT", "WHY"}};
  for (const Letter& letter : letters.all)
    rows.push_back({letter.kind == LetterKind::none ? "-" : std::string(to_string(letter.kind)),
                    shown(names_of(letter.cctlds)), letter.contact.empty() ? "-" : shown(letter.contact),
                    shown(reason_text(letter))});
  std::array<std::size_t, 3> widths{};
  for (const LetterRow& row : rows)
    for (std::size_t i = 0; i < widths.size(); ++i) widths[i] = std::max(widths[i], columns(row[i]));
  std::string out;
  for (const LetterRow& row : rows) {
    for (std::size_t i = 0; i < widths.size(); ++i) out += padded(row[i], widths[i] + 2);
    out += row.back() + "\n";
  }
  out += fmt::format("{}: {} to invite, {} more today; {} to remind; {} not written to\n", list.name,
                     count_of(letters, LetterKind::invite), letters.left_today,
                     count_of(letters, LetterKind::remind), count_of(letters, LetterKind::none));
  if (!letters.begun) out += "nothing is sent by itself before a first `ccgate outreach invite`\n";
  return out;
}

std::string letters_json(const ListLetters& letters, const ListConfig& list) {
  std::string out;
  for (const Letter& letter : letters.all)
    out += json_line(
        Json{{"list", list.name},
             {"next", to_string(letter.kind)},
             {"cctlds", letter.cctlds},
             {"contact", letter.contact.empty() ? Json(nullptr) : Json(letter.contact)},
             {"why", to_string(letter.why)},
             {"since", letter.since == 0 ? Json(nullptr) : Json(format_timestamp(letter.since))},
             {"decision", letter.decision_id.empty() ? Json(nullptr) : Json(letter.decision_id)},
             {"invited", letter.invited == 0 ? Json(nullptr) : Json(format_timestamp(letter.invited))},
             {"reminders", letter.reminders}});
  return out;
}

}  // namespace ccgate
