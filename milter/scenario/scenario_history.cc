#include "milter/scenario/scenario_history.h"

#include "policy/yaml/yaml_values.h"

namespace ccgate {
namespace {

constexpr std::int64_t kMost = 10'000;  // a story, not a ledger

/// So many members of whom no more is said.
std::set<Address> some_members(std::int64_t count) {
  std::set<Address> members;
  for (std::int64_t i = 1; i <= count; ++i)
    if (auto address = Address::parse("member" + std::to_string(i) + "@members.invalid"))
      members.insert(std::move(*address));
  return members;
}

}  // namespace

FixedHistory read_scenario_history(const YamlMap& history) {
  FixedHistory fixed;
  fixed.seen_before = history.boolean("seen_before");
  fixed.rate = history.number("rate", 0, kMost);
  fixed.smtputf8 = history.boolean("smtputf8");
  const auto members = history.map("members");
  if (!members) return fixed;
  fixed.roster.emplace();
  for (const YamlNode::Entry* entry : members->named()) {
    const auto cctld = read_cctld_key(*entry, history.sink());
    const auto count = read_number(entry->value, entry->key, 0, kMost, history.sink());
    if (cctld && count) (*fixed.roster)[*cctld] = some_members(*count);
  }
  return fixed;
}

}  // namespace ccgate
