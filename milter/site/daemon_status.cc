#include "milter/site/daemon_status.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "milter/system/files.h"
#include "milter/system/json_tree.h"
#include "milter/system/timestamp.h"

namespace ccgate {
namespace {

constexpr std::size_t kLargestStatus = std::size_t{256} * 1024;
constexpr auto kFormat = "ccgate_status";

std::optional<std::int64_t> status_number(const YamlNode* node) {
  if (node == nullptr) return std::nullopt;
  std::int64_t number = 0;
  const std::string& text = node->scalar;
  const auto end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || at != end) return std::nullopt;
  return number;
}

}  // namespace

std::string status_json(const DaemonStatus& status) {
  using Json = nlohmann::ordered_json;
  Json policies = Json::object();
  for (const auto& [list, hash] : status.policies) policies[list] = hash;
  const Json json{{kFormat, 1},
                  {"pid", status.pid},
                  {"version", status.version},
                  {"started", format_timestamp(status.started)},
                  {"since", format_timestamp(status.since)},
                  {"config", status.config},
                  {"listen", status.listen},
                  {"socket", status.socket},
                  {"rules", status.rules},
                  {"policies", std::move(policies)}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::optional<DaemonStatus> parse_status(std::string_view text, std::string& why) {
  Issues issues;
  const auto tree = parse_json(text, "status", issues, {kLargestStatus, 10'000, 4, 10'000});
  why = "it is no status of ccgate";
  if (!tree || tree->kind != YamlNode::Kind::mapping) return std::nullopt;
  const auto format = status_number(tree->find(kFormat));
  if (format != 1) return std::nullopt;
  DaemonStatus status;
  bool whole = true;
  const auto take = [&](const char* key, std::string& into) {
    const std::string* value = json_string(tree->find(key));
    if (value != nullptr) into = *value;
    whole = whole && value != nullptr;
  };
  const auto take_time = [&](const char* key, std::int64_t& into) {
    std::string written;
    take(key, written);
    const auto time = parse_timestamp(written);
    if (time) into = *time;
    whole = whole && time.has_value();
  };
  const auto pid = status_number(tree->find("pid"));
  status.pid = pid.value_or(0);
  take("version", status.version);
  take_time("started", status.started);
  take_time("since", status.since);
  take("config", status.config);
  take("listen", status.listen);
  take("socket", status.socket);
  take("rules", status.rules);
  const YamlNode* policies = tree->find("policies");
  if (policies == nullptr || policies->kind != YamlNode::Kind::mapping) return std::nullopt;
  for (const auto& entry : policies->entries)
    if (const std::string* hash = json_string(&entry.value)) status.policies[entry.key] = *hash;
  if (!whole || status.pid <= 0) return std::nullopt;
  why.clear();
  return status;
}

std::string status_file(const std::string& folder, std::size_t number) {
  return folder + (number == 0 ? "/status.json" : "/status-" + std::to_string(number + 1) + ".json");
}

std::vector<StatusFound> read_statuses(const std::string& folder) {
  std::vector<StatusFound> all;
  std::vector<std::string> files = match_files(folder + "/status-*.json");
  if (file_state(status_file(folder, 0)).exists) files.insert(files.begin(), status_file(folder, 0));
  for (const std::string& file : files) {
    StatusFound each{file, std::nullopt, ""};
    std::error_code failed;
    // A pipe of the daemon's account would have us wait.
    if (!std::filesystem::is_regular_file(file, failed))
      each.why = "it is no plain file";
    else if (const auto text = read_file(file, kLargestStatus, each.why))
      each.status = parse_status(*text, each.why);
    all.push_back(std::move(each));
  }
  return all;
}

}  // namespace ccgate
