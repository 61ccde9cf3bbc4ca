#include "milter/tool/replay_text.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <vector>

#include "milter/system/timestamp.h"
#include "milter/tool/output.h"
#include "policy/names/domain.h"
#include "policy/text/terminal_text.h"

namespace ccgate {
namespace {

using Json = nlohmann::ordered_json;

std::string rule_words(const Ruling& ruling) {
  return fmt::format("{} ({}{})", to_string(ruling.decision), to_string(ruling.ground),
                     ruling.rule.empty() ? "" : ", " + ruling.rule);
}

std::string label_text(const std::string& label) {
  const auto domain = Domain::parse(label);
  return label.empty() ? "" : "." + (domain ? domain->unicode() : label);
}

Json json_rule(const Ruling& ruling) {
  return {
      {"decision", to_string(ruling.decision)}, {"ground", to_string(ruling.ground)}, {"rule", ruling.rule}};
}

bool differs(const Redecided& each) {
  return each.before.decision != each.now.decision;
}

}  // namespace

void count_again(ReplayCount& count, const DecidedAgain& again) {
  switch (again.what) {
    case Again::other_rule:
      ++count.other_rule;
      [[fallthrough]];
    case Again::stays:
      ++count.stay;
      break;
    case Again::changes:
      ++count.change;
      break;
    case Again::untold:
      ++count.untold;
      for (const std::string& what : again.missing) {
        // What a ledger holds is not bounded by today's names of lists.
        constexpr std::size_t kMostNames = 100;
        if (count.missing.size() < kMostNames || count.missing.contains(what)) ++count.missing[what];
      }
      break;
    case Again::no_policy:
      ++count.no_policy;
      break;
    case Again::elsewhere:
      break;
  }
}

std::string replay_text(const LedgerEntry& entry, const DecidedAgain& again) {
  std::string text;
  for (const Redecided& each : again.all) {
    if (!differs(each)) continue;
    const std::string cctld = label_text(each.cctld);
    text +=
        shown(fmt::format("{}  {}  {}  {}{}  {} => {}", entry.id, format_timestamp(entry.decided), each.list,
                          entry.author.empty() ? "-" : entry.author, cctld.empty() ? "" : "  " + cctld,
                          rule_words(each.before), rule_words(each.now))) +
        "\n";
  }
  return text;
}

std::string replay_json(const LedgerEntry& entry, const DecidedAgain& again) {
  Json changed = Json::array();
  for (const Redecided& each : again.all)
    if (differs(each))
      changed.push_back({{"recipient", each.recipient},
                         {"list", each.list},
                         {"from", json_rule(each.before)},
                         {"to", json_rule(each.now)},
                         {"decided_by", each.cctld.empty() ? Json(nullptr) : Json(each.cctld)}});
  return json_line({{"id", entry.id},
                    {"time", format_timestamp(entry.decided)},
                    {"list", entry.list},
                    {"request", entry.request},
                    {"cctlds", entry.cctlds},
                    {"author", entry.author},
                    {"verdict", entry.verdict},
                    {"changes", std::move(changed)}});
}

std::string replay_count_text(const ReplayCount& count) {
  std::string text =
      fmt::format("{} stay, {} change, {} cannot be told\n", count.stay, count.change, count.untold);
  if (count.other_rule > 0)
    text += fmt::format("{} of those that stay: by another rule, or on another ground\n", count.other_rule);
  if (count.no_policy > 0) text += fmt::format("{} more: no policy was asked\n", count.no_policy);
  if (count.missing.empty()) return text;
  std::string missing;
  for (const auto& [what, times] : count.missing)
    missing += fmt::format("{}{} ({})", missing.empty() ? "" : ", ", what, times);
  return text + "not kept, of those that cannot be told: " + shown(missing) + "\n";
}

std::string replay_count_json(const ReplayCount& count) {
  Json missing = Json::object();
  for (const auto& [what, times] : count.missing) missing[what] = times;
  return json_line({{"stay", count.stay},
                    {"other_rule", count.other_rule},
                    {"change", count.change},
                    {"cannot_be_told", count.untold},
                    {"no_policy", count.no_policy},
                    {"not_kept", std::move(missing)}});
}

}  // namespace ccgate
