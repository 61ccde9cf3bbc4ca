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

/// So many, or these.
std::optional<std::set<Address>> read_members(const YamlNode::Entry& entry, IssueSink& sink) {
  if (entry.value.kind != YamlNode::Kind::sequence) {
    const auto count = read_number(entry.value, entry.key, 0, kMost, sink);
    return count ? std::optional(some_members(*count)) : std::nullopt;
  }
  std::set<Address> members;
  for (const YamlNode& item : entry.value.items)
    if (auto address = read_address(item, entry.key, sink)) members.insert(std::move(*address));
  return members;
}

/// What became of the question to each.
std::map<Address, QuestionState> read_answers(const YamlMap& answers) {
  std::map<Address, QuestionState> all;
  for (const YamlNode::Entry* entry : answers.named()) {
    const auto who = read_address(key_node(*entry), "answers", answers.sink());
    const auto word = read_word(entry->value, entry->key, words_of<QuestionState>(), answers.sink());
    if (who && word) all.emplace(*who, *parse_word<QuestionState>(*word));
  }
  return all;
}

}  // namespace

FixedHistory read_scenario_history(const YamlMap& history) {
  FixedHistory fixed;
  fixed.seen_before = history.boolean("seen_before");
  fixed.rate = history.number("rate", 0, kMost);
  fixed.smtputf8 = history.boolean("smtputf8");
  if (const auto answers = history.map("answers")) fixed.answers = read_answers(*answers);
  const auto members = history.map("members");
  if (!members) return fixed;
  fixed.roster.emplace();
  for (const YamlNode::Entry* entry : members->named()) {
    const auto cctld = read_cctld_key(*entry, history.sink());
    auto people = read_members(*entry, history.sink());
    if (cctld && people) (*fixed.roster)[*cctld] = std::move(*people);
  }
  return fixed;
}

}  // namespace ccgate
