#include "milter/contacts/history.h"

#include <map>
#include <nlohmann/json.hpp>
#include <tuple>

#include "milter/system/files.h"
#include "milter/system/json_tree.h"
#include "milter/system/timestamp.h"
#include "policy/names/cctld.h"
#include "policy/text/text.h"

namespace ccgate {
namespace {

constexpr JsonLimits kLineLimits{.bytes = 4096, .values = 64, .depth = 4};

const std::string* text_at(const YamlNode& object, std::string_view key) {
  const YamlNode* node = object.find(key);
  return node != nullptr && node->kind == YamlNode::Kind::scalar && node->quoted ? &node->scalar : nullptr;
}

std::optional<HistoryEntry> read_line(std::string_view line) {
  Issues unread;
  const auto object = parse_json(line, "", unread, kLineLimits);
  if (!object || object->kind != YamlNode::Kind::mapping) return std::nullopt;
  const std::string *cctld = text_at(*object, "cctld"), *role = text_at(*object, "role"),
                    *email = text_at(*object, "email"), *first_seen = text_at(*object, "first_seen");
  if (cctld == nullptr || role == nullptr || email == nullptr || first_seen == nullptr) return std::nullopt;
  const auto label = parse_cctld(*cctld);
  const auto known_role = parse_word<Role>(*role);
  const auto since = parse_timestamp(*first_seen);
  if (!label || label->ascii() != *cctld || !known_role || !Address::parse(*email) || !since)
    return std::nullopt;
  HistoryEntry entry{*cctld, *known_role, *email, *since, std::nullopt};
  const YamlNode* last = object->find("last_seen");
  if (last == nullptr || last->kind == YamlNode::Kind::null) return entry;
  const std::string* last_seen = text_at(*object, "last_seen");
  if (last_seen != nullptr) entry.last_seen = parse_timestamp(*last_seen);
  return entry.last_seen ? std::optional(std::move(entry)) : std::nullopt;
}

}  // namespace

std::string history_line(const HistoryEntry& entry) {
  nlohmann::ordered_json json{{"cctld", entry.cctld},
                              {"role", to_string(entry.role)},
                              {"email", entry.email},
                              {"first_seen", format_timestamp(entry.first_seen)}};
  if (entry.last_seen) json["last_seen"] = format_timestamp(*entry.last_seen);
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

std::vector<HistoryEntry> parse_history(std::string_view text) {
  std::vector<HistoryEntry> entries;
  std::map<std::tuple<std::string, Role, std::string, std::int64_t>, std::size_t> known;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    auto entry = read_line(trim(text.substr(0, end)));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!entry) continue;
    const auto [at, added] =
        known.emplace(std::tuple(entry->cctld, entry->role, entry->email, entry->first_seen), entries.size());
    if (added)
      entries.push_back(std::move(*entry));
    else
      entries[at->second] = std::move(*entry);
  }
  return entries;
}

std::string history_beside(const std::string& contacts_file) {
  return path_beside(contacts_file, "contacts-history.jsonl");
}

}  // namespace ccgate
