#include "policy/rules/condition_yaml.h"

#include <fmt/core.h>

#include <algorithm>

#include "policy/rules/fact_test_yaml.h"
#include "policy/text/ascii.h"

namespace ccgate {
namespace {

using Kind = Condition::Kind;

constexpr std::size_t kMostConditions = 10'000;  // of one policy, definitions written out
constexpr std::size_t kDeepest = 64;             // likewise
constexpr std::size_t kLongestName = 64;

bool is_name(const std::string& text) {
  return !text.empty() && text.size() <= kLongestName && is_small_letter(text.front()) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_small_letter(c) || is_digit(c) || c == '_' || c == '-'; });
}

bool is_operator(const std::string& word) {
  return word == "any" || word == "all" || word == "not";
}

std::size_t size_of(const Condition& condition) {
  std::size_t size = 0;
  visit(condition, [&size](const Condition&) { ++size; });
  return size;
}

std::size_t depth_of(const Condition& condition) {
  std::size_t depth = 0;
  for (const Condition& child : condition.children) depth = std::max(depth, depth_of(child));
  return depth + 1;
}

}  // namespace

void ConditionReader::define(const YamlNode& mapping) {
  if (mapping.kind != YamlNode::Kind::mapping) {
    sink_->error(mapping.at, "`define` must be a mapping of names to conditions",
                 "write `define: {authenticated: {any: [dkim_aligned, spf_aligned]}}`");
    return;
  }
  for (const YamlNode::Entry& entry : mapping.entries) all_names_.emplace(entry.key, entry.at);
  for (const YamlNode::Entry& entry : mapping.entries) define_one(entry);
}

void ConditionReader::define_one(const YamlNode::Entry& entry) {
  if (find_fact(entry.key) != nullptr || is_operator(entry.key)) {
    sink_->error(entry.at, fmt::format("`{}` has a meaning already", entry.key), "choose another name");
    return;
  }
  if (!is_name(entry.key)) {
    sink_->error(entry.at, fmt::format("`{}` cannot be a name", entry.key),
                 "lower-case letters, digits, `_` and `-`, a letter first, at most 64");
    return;
  }
  defining_ = entry.key;
  auto read = condition(entry.value);
  defining_.clear();
  if (!read) return;
  if (depth_of(*read) > kDeepest) {
    sink_->error(entry.at, fmt::format("`{}` nests deeper than {} conditions", entry.key, kDeepest));
    return;
  }
  by_name_.emplace(entry.key, Measured{definitions_.size(), size_of(*read), depth_of(*read)});
  definitions_.emplace_back(entry.key, std::move(*read));
}

std::vector<Condition> ConditionReader::list(const YamlNode& node, std::string_view what) {
  std::vector<Condition> conditions;
  if (node.kind != YamlNode::Kind::sequence) {
    sink_->error(node.at, fmt::format("`{}` must be a list of conditions", what),
                 node.kind == YamlNode::Kind::scalar ? fmt::format("write `[{}]`", node.scalar)
                                                     : "put it in `[` and `]`");
    return conditions;
  }
  if (node.items.empty()) sink_->error(node.at, fmt::format("`{}` is empty", what), "leave it out");
  for (const YamlNode& item : node.items)
    if (auto read = condition(item)) conditions.push_back(std::move(*read));
  return conditions;
}

bool ConditionReader::spend(std::size_t size, Position at) {
  spent_ += size;
  if (spent_ <= kMostConditions) return true;
  if (!overspent_)
    sink_->error(at, fmt::format("more than {} conditions with definitions written out", kMostConditions),
                 "let definitions refer to each other less");
  overspent_ = true;
  return false;
}

std::optional<Condition> ConditionReader::condition(const YamlNode& node) {
  if (!spend(1, node.at)) return std::nullopt;
  switch (node.kind) {
    case YamlNode::Kind::scalar:
      return named(node);
    case YamlNode::Kind::null:
      sink_->error(node.at, "a condition is missing here");
      return std::nullopt;
    case YamlNode::Kind::sequence:
      sink_->error(node.at, "a list where one condition must be", "write `{all: [...]}` or `{any: [...]}`");
      return std::nullopt;
    case YamlNode::Kind::mapping:
      break;
  }
  if (node.entries.size() != 1) {
    sink_->error(node.at, "one condition must be one key",
                 "write each as an item of its own, in `{` and `}`");
    return std::nullopt;
  }
  const YamlNode::Entry& entry = node.entries.front();
  if (entry.key == "any" || entry.key == "all") return group(entry);
  if (entry.key == "not") return negated(entry);
  if (const FactInfo* fact = find_fact(entry.key)) return read_fact_test(*fact, entry, *sink_);
  if (by_name_.contains(entry.key)) {
    const bool boolean = entry.value.kind == YamlNode::Kind::scalar && !entry.value.quoted &&
                         (entry.value.scalar == "true" || entry.value.scalar == "false");
    if (!boolean) {
      sink_->error(entry.value.at, fmt::format("`{}` is a definition: true or false", entry.key), "");
      return std::nullopt;
    }
    auto referred = reference(entry.key, entry.at);
    if (!referred || entry.value.scalar == "true") return referred;
    Condition negation;
    negation.kind = Kind::negation;
    negation.at = entry.at;
    negation.children.push_back(std::move(*referred));
    return with_text(std::move(negation));
  }
  tell_unknown(entry.key, entry.at);
  return std::nullopt;
}

std::optional<Condition> ConditionReader::named(const YamlNode& node) {
  if (const FactInfo* fact = find_fact(node.scalar)) {
    if (fact->type != FactType::truth) {
      sink_->error(node.at, fmt::format("`{}` is no yes or no: say what to compare it with", node.scalar),
                   fmt::format("write `{}`", example_of(*fact)));
      return std::nullopt;
    }
    Condition condition;
    condition.fact = fact->fact;
    condition.at = node.at;
    return with_text(std::move(condition));
  }
  if (by_name_.contains(node.scalar)) return reference(node.scalar, node.at);
  tell_unknown(node.scalar, node.at);
  return std::nullopt;
}

std::optional<Condition> ConditionReader::reference(const std::string& name, Position at) {
  const Measured& known = by_name_.at(name);
  if (!spend(known.size, at)) return std::nullopt;
  Condition condition;
  condition.kind = Kind::defined;
  condition.name = name;
  condition.at = at;
  condition.children.push_back(definitions_[known.index].second);
  return with_text(std::move(condition));
}

std::optional<Condition> ConditionReader::group(const YamlNode::Entry& entry) {
  if (entry.value.kind != YamlNode::Kind::sequence || entry.value.items.empty()) {
    sink_->error(entry.at, fmt::format("`{}` needs a list of conditions", entry.key),
                 fmt::format("write `{{{}: [dkim_aligned, spf_aligned]}}`", entry.key));
    return std::nullopt;
  }
  Condition group;
  group.kind = entry.key == "any" ? Kind::any : Kind::all;
  group.at = entry.at;
  bool good = true;
  for (const YamlNode& item : entry.value.items) {
    if (auto child = condition(item))
      group.children.push_back(std::move(*child));
    else
      good = false;
  }
  return good ? std::optional<Condition>(with_text(std::move(group))) : std::nullopt;
}

std::optional<Condition> ConditionReader::negated(const YamlNode::Entry& entry) {
  if (entry.value.kind == YamlNode::Kind::null || entry.value.kind == YamlNode::Kind::sequence) {
    sink_->error(entry.at, "`not` needs one condition", "write `{not: {any: [...]}}` for several");
    return std::nullopt;
  }
  auto child = condition(entry.value);
  if (!child) return std::nullopt;
  Condition negation;
  negation.kind = Kind::negation;
  negation.at = entry.at;
  negation.children.push_back(std::move(*child));
  return with_text(std::move(negation));
}

void ConditionReader::tell_unknown(const std::string& name, Position at) {
  if (const auto defined = all_names_.find(name); defined != all_names_.end()) {
    if (name == defining_)
      sink_->error(at, fmt::format("`{}` refers to itself", name),
                   "a definition may use those above it only");
    else if (std::pair(defined->second.line, defined->second.column) > std::pair(at.line, at.column))
      sink_->error(at, fmt::format("`{}` is defined further down", name),
                   "a definition may use those above it only: move it up");
    return;  // an earlier one that is not known has an error of its own, told already
  }
  std::vector<std::string> known;
  for (const FactInfo& fact : fact_table()) known.emplace_back(fact.name);
  for (const auto& [defined, at_line] : all_names_) known.push_back(defined);
  for (const char* word : {"any", "all", "not"}) known.emplace_back(word);
  std::sort(known.begin(), known.end());
  std::string help = did_you_mean(name, known);
  sink_->error(at, fmt::format("unknown fact `{}`", name),
               help.empty() ? "a fact, or a name from `define` above" : std::move(help));
}

}  // namespace ccgate
