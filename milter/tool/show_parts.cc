#include "milter/tool/show_parts.h"

#include <fmt/core.h>

#include "milter/contacts/contact_words.h"
#include "milter/system/timestamp.h"
#include "policy/text/terminal_text.h"

namespace ccgate {
namespace {

using Json = nlohmann::ordered_json;

}  // namespace

std::string padded(std::string text, std::size_t width) {
  const std::size_t used = columns(text);
  if (used < width) text.append(width - used, ' ');
  return text;
}

std::string with_commas(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string with_commas(const std::set<Address>& addresses) {
  std::vector<std::string> names;
  for (const Address& each : addresses) names.push_back(each.text());
  return with_commas(names);
}

std::string period(const std::optional<std::int64_t>& first, const std::optional<std::int64_t>& last) {
  return fmt::format("{} to {}", first ? day_text(*first) : "?", last ? day_text(*last) : "now");
}

void Lines::head(std::string_view text) {
  out_ += shown(text) + "\n";
}

void Lines::add(std::string_view label, std::string_view text) {
  const bool again = label == last_;
  last_ = label;
  out_ += fmt::format("  {}{}\n", padded(again ? "" : std::string(label), 15), shown(text));
}

Json json_time(const std::optional<std::int64_t>& time) {
  return time ? Json(format_timestamp(*time)) : Json(nullptr);
}

Json json_addresses(const std::set<Address>& addresses) {
  Json json = Json::array();
  for (const Address& each : addresses) json.push_back(each.text());
  return json;
}

Json json_age(const Contact& contact, std::int64_t now) {
  const auto since = contact_since(contact);
  return since ? Json(days(now - *since)) : Json(nullptr);
}

Json json_history(const std::vector<HistoryEntry>& history) {
  Json json = Json::array();
  for (const HistoryEntry& entry : history)
    json.push_back({{"cctld", entry.cctld},
                    {"role", to_string(entry.role)},
                    {"email", entry.email},
                    {"first_seen", format_timestamp(entry.first_seen)},
                    {"last_seen", json_time(entry.last_seen)}});
  return json;
}

}  // namespace ccgate
