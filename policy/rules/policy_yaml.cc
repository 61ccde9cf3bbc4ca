#include "policy/rules/policy_yaml.h"

#include <fmt/core.h>

#include <algorithm>
#include <unordered_map>

#include "policy/rules/condition_yaml.h"
#include "policy/rules/outcome_yaml.h"
#include "policy/text/ascii.h"
#include "policy/yaml/yaml_reader.h"
#include "policy/yaml/yaml_values.h"

namespace ccgate {
namespace {

constexpr auto kFile = SchemaFile::policy;
constexpr std::size_t kLongestId = 64;

/// Ids stand in header fields and log lines.
bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= kLongestId && std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter_or_digit(c) || c == '-' || c == '_' || c == '.';
  });
}

class PolicyReader {
 public:
  PolicyReader(const YamlNode& root, IssueSink& sink)
      : sink_(sink), root_(root, root.at, kFile, "", sink), conditions_(sink) {}

  std::optional<Policy> read() {
    if (!root_.is_mapping()) return std::nullopt;
    policy_.file = sink_.file();
    root_.check_format("ccgate");
    if (auto name = root_.text("policy")) {
      if (!is_id(*name)) tell_id(root_.get("policy")->at, *name);
      policy_.name = std::move(*name);
    }
    policy_.mode = root_.word<Mode>("mode").value_or(policy_.mode);
    read_authority();
    if (const auto cctlds = root_.map("tlds"))
      policy_.missing_cctlds = cctlds->word<MissingCcTlds>("missing").value_or(policy_.missing_cctlds);
    if (const YamlNode* define = root_.get("define")) conditions_.define(*define);
    for (const YamlNode* guard : root_.items("guards")) read_guard(*guard);
    read_rules();
    if (const YamlNode* otherwise = root_.get("default")) {
      policy_.default_at = root_.key_at("default");
      if (auto outcome = read_outcome(*otherwise, policy_.default_at, "default", sink_))
        policy_.otherwise = std::move(*outcome);
    }
    policy_.tests = root_.texts("tests", true);
    policy_.definitions = conditions_.take_definitions();
    return sink_.failed() ? std::nullopt : std::optional<Policy>(std::move(policy_));
  }

 private:
  void tell_id(Position at, const std::string& id) {
    sink_.error(at, fmt::format("`{}` cannot be a name", id),
                "letters, digits, `-`, `_` and `.`, at most 64");
  }

  void read_authority() {
    if (root_.get("authority") == nullptr) return;
    std::set<Role> roles;
    for (const YamlNode* item : root_.items("authority", true))
      if (const auto word = read_word(*item, "authority", words_of<Role>(), sink_))
        roles.insert(*parse_word<Role>(*word));
    if (roles.empty() && !sink_.failed())
      sink_.error(root_.key_at("authority"), "`authority` is empty: nobody could ever be accepted",
                  "write `authority: [admin]`");
    policy_.authority = std::move(roles);
  }

  /// One id names one rule or guard: logs and tests speak of it alone.
  std::string read_id(const YamlMap& map) {
    auto id = map.text("id");
    if (!id) return "";
    const Position at = map.get("id")->at;
    if (!is_id(*id)) {
      tell_id(at, *id);
    } else if (*id == "default") {
      sink_.error(at, "`default` is what the log calls the default", "choose another id");
    } else if (const auto [first, added] = ids_.emplace(*id, at); !added) {
      sink_.error(at, fmt::format("duplicate id `{}`", *id),
                  fmt::format("it is already at line {}: choose another", first->second.line));
    }
    return std::move(*id);
  }

  void read_guard(const YamlNode& node) {
    const YamlMap map(node, node.at, kFile, "guards[]", sink_);
    if (!map.is_mapping()) return;
    Guard guard;
    guard.at = node.at;
    guard.id = read_id(map);
    if (const YamlNode* require = map.get("require")) guard.require = conditions_.list(*require, "require");
    if (const YamlNode* otherwise = map.get("else")) {
      if (auto outcome = read_outcome(*otherwise, map.key_at("else"), "else", sink_))
        guard.otherwise = std::move(*outcome);
      if (guard.otherwise.decision == Decision::accept)
        sink_.error(otherwise->at, "a guard cannot accept", "what it does not stop goes on to the rules");
    }
    policy_.guards.push_back(std::move(guard));
  }

  void read_rules() {
    const auto rules = root_.items("rules");
    if (const YamlNode* node = root_.get("rules");
        node != nullptr && node->kind == YamlNode::Kind::sequence && rules.empty())
      sink_.error(root_.key_at("rules"), "`rules` is empty: nobody could ever be accepted", "");
    for (const YamlNode* rule : rules) read_rule(*rule);
  }

  void read_rule(const YamlNode& node) {
    const YamlMap map(node, node.at, kFile, "rules[]", sink_);
    if (!map.is_mapping()) return;
    Rule rule;
    rule.at = node.at;
    rule.id = read_id(map);
    read_kinds(map, rule);
    if (const YamlNode* when = map.get("when")) rule.when = conditions_.list(*when, "when");
    std::optional<Outcome> outcome;
    if (const YamlNode* then = map.get("then"))
      outcome = read_outcome(*then, map.key_at("then"), "then", sink_);
    if (outcome) {
      rule.then = std::move(*outcome);
      rule.actions = read_actions(map, rule.then.decision);
    }
    policy_.rules.push_back(std::move(rule));
  }

  void read_kinds(const YamlMap& map, Rule& rule) {
    if (map.get("for") == nullptr) {
      rule.kinds.insert(RequestKind::subscribe);
      return;
    }
    // Posts and mail to owners reach no rule.
    std::vector<std::string> words;
    for (const RequestKind kind :
         {RequestKind::subscribe, RequestKind::unsubscribe, RequestKind::confirm, RequestKind::other})
      words.emplace_back(to_string(kind));
    const auto items = map.items("for", true);
    for (const YamlNode* item : items) {
      const auto word = read_word(*item, "for", words, sink_);
      if (!word) continue;
      if (const auto kind = parse_word<RequestKind>(*word)) rule.kinds.insert(*kind);
    }
    if (items.empty() && map.get("for")->kind == YamlNode::Kind::sequence)
      sink_.error(map.key_at("for"), "`for` is empty: the rule would never apply",
                  "leave it out for [subscribe]");
  }

  IssueSink& sink_;
  YamlMap root_;
  ConditionReader conditions_;
  Policy policy_;
  std::unordered_map<std::string, Position> ids_;
};

}  // namespace

std::optional<Policy> read_policy(const YamlNode& root, IssueSink& sink) {
  return PolicyReader(root, sink).read();
}

std::optional<Policy> parse_policy(std::string_view text, std::string_view file, Issues& issues) {
  const std::size_t first = issues.size();
  const auto root = parse_yaml(text, file, issues);
  if (!root) return std::nullopt;
  IssueSink sink{std::string(file), text, issues};
  auto result = read_policy(*root, sink);
  sort_by_place(issues, first);
  return result;
}

}  // namespace ccgate
