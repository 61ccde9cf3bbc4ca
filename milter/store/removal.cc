#include "milter/store/removal.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "policy/text/durations.h"

namespace ccgate {
namespace {

using Json = nlohmann::json;

constexpr std::int64_t kTried = 5 * kDaySeconds;

/// False for what stands in a row where no decision does.
bool is_decision(const std::string& by) {
  return !by.empty() && by != "import" && by != "roster" && by.rfind("hand", 0) != 0;
}

std::vector<std::string> texts(const Json& json, const char* key) {
  std::vector<std::string> all;
  const auto found = json.find(key);
  if (found == json.end() || !found->is_array()) return all;
  for (const Json& each : *found)
    if (each.is_string()) all.push_back(each.get<std::string>());
  return all;
}

std::string text(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

}  // namespace

Task removal_task(const std::vector<Member>& rows, std::int64_t number, std::int64_t now) {
  std::set<std::string> cctlds, begun_by;
  for (const Member& row : rows) {
    cctlds.insert(row.cctld);
    if (is_decision(row.began_by)) begun_by.insert(row.began_by);
  }
  const Member& last = rows.back();
  const std::string own = "removed-" + std::to_string(number);
  Task task;
  task.key = "hook:" + own;
  task.kind = TaskKind::hook;
  task.list = last.list;
  task.to = "removed";
  task.payload = Json{
      {"id", is_decision(last.ended_by) ? last.ended_by : own},
      {"cctlds", cctlds},
      {"address", last.address},
      {"email", last.email},
      {"name", last.name},
      {"begun_by",
       begun_by}}.dump(-1, ' ', false, Json::error_handler_t::replace);
  task.due = now;
  task.expires = now + kTried;
  return task;
}

std::optional<Removal> read_removal(std::string_view payload) {
  const Json json = Json::parse(payload, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  Removal removal{text(json, "id"),    texts(json, "cctlds"), text(json, "address"),
                  text(json, "email"), text(json, "name"),    texts(json, "begun_by")};
  if (removal.id.empty() || removal.address.empty()) return std::nullopt;
  return removal;
}

}  // namespace ccgate
