#include "milter/report/report_json.h"

#include <nlohmann/json.hpp>

#include "milter/report/report_words.h"
#include "milter/system/timestamp.h"
#include "policy/text/control_escapes.h"

namespace ccgate {
namespace {

using Json = nlohmann::ordered_json;

std::string json_row(const Json& json) {
  return with_escaped_controls(json.dump(-1, ' ', false, Json::error_handler_t::replace)) + "\n";
}

Json moment_or_null(std::int64_t at) {
  return at == 0 ? Json() : Json(format_timestamp(at));
}

Json share_json(const Share& share) {
  return {{"on", share.on}, {"of", share.of}};
}

Json region_json(const std::optional<Region>& region) {
  return region ? Json(to_string(*region)) : Json();
}

Json cctld_json(const CoveredCcTld& each, bool people) {
  const Standing& standing = each.standing;
  Json json{{"kind", "cctld"},
            {"cctld", each.label.ascii()},
            {"label", each.label.unicode()},
            {"region", region_json(each.region)},
            {"registry", each.registry},
            {"state", to_string(standing.state)},
            {"since", moment_or_null(standing.since)},
            {"people", each.members.size()},
            {"marks", shown_marks(standing, people)}};
  if (!people) return json;
  json["contact"] = each.contact;
  json["members"] = Json::array();
  for (const Member& member : each.members)
    json["members"].push_back({{"name", member.name}, {"email", member.email}, {"phone", member.phone}});
  return json;
}

}  // namespace

std::string coverage_json(const Report& report, std::optional<Region> region, bool people) {
  const Coverage& all = report.coverage;
  std::string out = json_row({{"kind", "summary"},
                              {"list", report.list},
                              {"at", format_timestamp(all.at)},
                              {"cctlds", share_json(all.all_cctlds)},
                              {"registries", share_json(all.all_registries)},
                              {"people", all.people},
                              {"undelegated", all.undelegated}});
  for (const RegionShare& each : all.regions)
    if (!region || each.region == *region)
      out += json_row({{"kind", "region"},
                       {"region", to_string(each.region)},
                       {"cctlds", share_json(each.cctlds)},
                       {"registries", share_json(each.registries)}});
  for (const CoveredCcTld& each : all.cctlds)
    if (!region || each.region == *region) out += json_row(cctld_json(each, people));
  return out;
}

std::string follow_up_json(const Report& report, std::optional<Region> region) {
  std::string out;
  for (const FollowUp& row : report.follow_ups) {
    if (region && row.region != region) continue;
    Json tell = Json::array();
    for (const FollowUp::Tell& each : row.tell) tell.push_back({{"whom", each.whom}, {"what", each.what}});
    out += json_row({{"kind", "follow-up"},
                     {"cctld", row.cctld.ascii()},
                     {"region", region_json(row.region)},
                     {"state", to_string(row.state)},
                     {"since", moment_or_null(row.since)},
                     {"ground", row.ground},
                     {"unproven", row.unproven},
                     {"decision", row.decision_id},
                     {"why", row.why},
                     {"tell", std::move(tell)}});
  }
  return out;
}

std::string decisions_json(const Report& report) {
  std::string out;
  for (const DecisionMonth& month : report.months)
    for (const DecisionCount& each : month.counts)
      out += json_row({{"kind", "decisions"},
                       {"month", month.month},
                       {"decision", each.verdict},
                       {"ground", each.ground},
                       {"count", each.count}});
  return out;
}

}  // namespace ccgate
