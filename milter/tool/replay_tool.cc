#include "milter/tool/replay_tool.h"

#include <unistd.h>

#include <cstdio>
#include <memory>
#include <optional>

#include "milter/ledger/decide_again.h"
#include "milter/site/ruleset.h"
#include "milter/system/files.h"
#include "milter/tool/list_choice.h"
#include "milter/tool/output.h"
#include "milter/tool/replay_text.h"
#include "policy/rules/policy_yaml.h"
#include "policy/text/terminal_text.h"

namespace ccgate {
namespace {

constexpr std::size_t kRowsAtOnce = 500;
constexpr std::size_t kLargestPolicy = 16 * 1024 * 1024;

/// By which rules it is decided now; null policy_of: told why there are none.
struct NewRules {
  std::shared_ptr<const Ruleset> rules = nullptr;
  std::optional<Policy> policy = std::nullopt;
  std::string list = {};  ///< of `policy`
  [[nodiscard]] const Policy* of(const std::string& name) const {
    if (policy) return &*policy;
    for (const List& each : rules->lists)
      if (each.config.name == name) return &each.policy;
    return nullptr;
  }
};

std::optional<NewRules> policy_from(const ReplayOptions& options, const std::vector<std::string>& lists,
                                    int& status) {
  std::string why;
  const auto text = read_file(options.policy_file, kLargestPolicy, why);
  if (!text) {
    std::fprintf(stderr, "ccgate: cannot read %s: %s\n", shown(options.policy_file).c_str(), why.c_str());
    status = 3;
    return std::nullopt;
  }
  NewRules rules;
  rules.list = chosen_list(options.list, lists);
  status = 1;
  if (rules.list.empty()) return std::nullopt;
  Issues issues;
  rules.policy = parse_policy(*text, options.policy_file, issues);
  report(issues, options.json);
  if (!rules.policy) return std::nullopt;
  status = 0;
  return rules;
}

std::optional<NewRules> rules_from(const ReplayOptions& options, const std::vector<std::string>& lists,
                                   int& status) {
  if (!options.policy_file.empty()) return policy_from(options, lists, status);
  Issues issues;
  NewRules rules;
  rules.rules = load_ruleset(options.source.config_file, issues);
  report(issues, options.json);
  if (!rules.rules) {
    status = access(options.source.config_file.c_str(), R_OK) == 0 ? 1 : 3;
    return std::nullopt;
  }
  std::vector<std::string> names;
  for (const List& each : rules.rules->lists) names.push_back(each.config.name);
  if (options.list.empty() || !chosen_list(options.list, names).empty()) return rules;
  status = 1;
  return std::nullopt;
}

}  // namespace

int run_replay(const ReplayOptions& options) {
  int status = 0;
  const OpenedStore opened = open_source(options.source, StoreAccess::read, status);
  if (!opened.store) return status;
  const auto rules = rules_from(options, opened.lists, status);
  if (!rules) return status;
  const std::string& list = rules->policy ? rules->list : options.list;
  LedgerFilter filter = options.filter;
  filter.after_row = -1;
  filter.limit = kRowsAtOnce;
  ReplayCount count;
  const auto policy_of = [&](const std::string& name) { return rules->of(name); };
  for (;;) {
    const std::vector<LedgerRow> rows = opened.store->entries(filter);
    for (const LedgerRow& row : rows) {
      const DecidedAgain again = decide_again(row.entry, policy_of, list);
      count_again(count, again);
      if (again.what == Again::changes)
        put(options.json ? replay_json(row.entry, again) : replay_text(row.entry, again));
    }
    if (rows.size() < kRowsAtOnce) break;
    filter.after_row = rows.back().row;
  }
  put(options.json ? replay_count_json(count) : replay_count_text(count));
  return options.expect_same && count.change > 0 ? 1 : 0;
}

}  // namespace ccgate
