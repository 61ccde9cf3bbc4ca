#include "milter/tool/decision_tool.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "milter/decision/explain.h"
#include "milter/evidence/dns_attempts.h"
#include "milter/scenario/scenario.h"
#include "milter/scenario/scenario_yaml.h"
#include "milter/site/hooks_lint.h"
#include "milter/site/host_lint.h"
#include "milter/site/site_lint.h"
#include "milter/system/files.h"
#include "milter/tool/explain_text.h"
#include "milter/tool/output.h"
#include "policy/names/address.h"
#include "policy/rules/lint.h"
#include "policy/text/terminal_text.h"

namespace ccgate {
namespace {

using Json = nlohmann::ordered_json;

/// The rules, or the exit status that says why there are none.
std::shared_ptr<const Ruleset> load(const std::string& config_file, bool json, int& status) {
  Issues issues;
  auto rules = load_ruleset(config_file, issues);
  report(issues, json);
  if (!rules) status = access(config_file.c_str(), R_OK) == 0 ? 1 : 3;
  return rules;
}

/// Plays files, tells each, and remembers which rules decided.
class Player {
 public:
  Player(std::shared_ptr<const Ruleset> base, bool json, bool only_failures)
      : base_(std::move(base)), json_(json), only_failures_(only_failures) {}

  void play(const std::string& file) {
    ++played_;
    Issues issues;
    const auto scenario = load_scenario(file, base_, issues);
    if (!scenario) {
      ++failed_;
      report(issues, json_);
      return;
    }
    const ScenarioOutcome outcome = play_scenario(*scenario, dkim_);
    const auto differences = compare(scenario->expect, outcome);
    for (const auto& [policy, rule] : outcome.rules_hit) hit_.emplace(policy, rule);
    for (const List& list : scenario->rules->lists) seen_.emplace(list.policy.file, &list.policy);
    kept_.push_back(scenario->rules);
    if (!differences.empty()) ++failed_;
    if (json_) {
      put(json_line({{"file", file},
                     {"story", scenario->story},
                     {"ok", differences.empty()},
                     {"differences", differences}}));
    } else if (!differences.empty() || !only_failures_) {
      put((differences.empty() ? "ok      " : "FAILED  ") + file + ": " + scenario->story + "\n");
      for (const std::string& difference : differences) put("        " + difference + "\n");
    }
  }

  /// The rules and guards that decided in no scenario.
  void coverage() const {
    for (const auto& [file, policy] : seen_) {
      for (const Rule& rule : policy->rules) told(file, "rule", rule.id);
      for (const Guard& guard : policy->guards) told(file, "guard", guard.id);
      told(file, "rule", "default");
    }
  }

  [[nodiscard]] std::size_t played() const noexcept { return played_; }
  [[nodiscard]] std::size_t failed() const noexcept { return failed_; }

 private:
  void told(const std::string& file, const char* what, const std::string& id) const {
    if (hit_.contains({file, id})) return;
    if (json_)
      put(json_line({{"policy", file}, {"kind", what}, {"untested", id}}));
    else
      put("untested " + file + ": " + what + " " + id + "\n");
  }

  std::shared_ptr<const Ruleset> base_;
  bool json_;
  bool only_failures_;
  DkimVerifier dkim_;
  std::size_t played_ = 0;
  std::size_t failed_ = 0;
  std::set<std::pair<std::string, std::string>> hit_;
  std::map<std::string, const Policy*> seen_;
  std::vector<std::shared_ptr<const Ruleset>> kept_;
};

}  // namespace

int run_check(const CheckOptions& options) {
  int status = 0;
  const auto rules = load(options.config_file, options.json, status);
  if (!rules) return status;
  Issues issues;
  for (const List& list : rules->lists)
    lint_policy(list.policy, list.policy_text, issues, policy_site(rules->config, list.config));
  lint_site(*rules, static_cast<std::int64_t>(std::time(nullptr)), issues);
  lint_hooks(*rules, issues);
  lint_account(options.user, issues);
  lint_host(*rules, options.user, issues);
  report(issues, options.json);

  Player player(rules, options.json, true);
  std::set<std::string> files;
  for (const List& list : rules->lists) {
    const auto folder = std::filesystem::path(list.policy.file).parent_path();
    for (const std::string& pattern : list.policy.tests)
      for (std::string& file : match_files((folder / pattern).string())) files.insert(std::move(file));
  }
  for (const std::string& file : files) player.play(file);
  const auto warnings = std::count_if(issues.begin(), issues.end(),
                                      [](const Issue& issue) { return issue.severity == Severity::warning; });
  const bool bad = has_errors(issues) || player.failed() > 0;
  if (!options.json)
    std::printf("%s: %s, %zu list(s), %zu ccTLD(s), %zu warning(s), %zu of %zu test(s) passed\n",
                options.config_file.c_str(), bad ? "bad" : "ok", rules->lists.size(),
                rules->directory->size(), static_cast<std::size_t>(warnings),
                player.played() - player.failed(), player.played());
  return bad ? 1 : 0;
}

int run_test(const TestOptions& options) {
  int status = 0;
  // Scenarios may each name a configuration of their own; the one given is then not needed.
  std::shared_ptr<const Ruleset> rules;
  if (access(options.config_file.c_str(), R_OK) == 0 || options.config_file != "/etc/ccgate/ccgate.yaml") {
    rules = load(options.config_file, options.json, status);
    if (!rules) return status;
  }
  Player player(rules, options.json, false);
  for (const std::string& file : options.files) player.play(file);
  if (options.coverage) player.coverage();
  if (!options.json)
    std::printf("%zu passed, %zu failed\n", player.played() - player.failed(), player.failed());
  return player.failed() == 0 ? 0 : 1;
}

int run_explain(const ExplainOptions& options) {
  int status = 0;
  const auto rules = load(options.config_file, options.json, status);
  if (!rules) return status;
  const auto client = ClientAddress::parse(options.client);
  if (!client) {
    std::fprintf(stderr, "ccgate: --client wants an IPv4 or IPv6 address\n");
    return 2;
  }
  for (const std::string& each : options.rcpt_to) {
    const auto recipient = parse_path(each);
    if (!recipient || !rules->own(*recipient)) continue;
    std::fprintf(stderr,
                 "ccgate: contacts answer at `%s`: the daemon reads such mail, no policy decides about it\n"
                 "help: `ccgate show ID` tells what came of an answer\n",
                 shown(each).c_str());
    return 2;
  }
  std::string why;
  constexpr std::size_t kLargest = 256 * 1024 * 1024;
  const auto text = read_file(options.message_file, kLargest, why);
  if (!text) {
    std::fprintf(stderr, "ccgate: cannot read %s: %s\n", options.message_file.c_str(), why.c_str());
    return 3;
  }
  Running running{rules, nullptr};
  if (options.zone_file.empty()) {
    running.resolver = make_unbound_resolver(rules->config.dns);
  } else {
    Issues issues;
    auto zone = load_zone(options.zone_file, issues);
    report(issues, options.json);
    if (!zone) return access(options.zone_file.c_str(), R_OK) == 0 ? 1 : 3;
    running.resolver = std::move(*zone);
  }
  const DkimVerifier dkim;
  const std::int64_t now = options.now ? *options.now : static_cast<std::int64_t>(std::time(nullptr));
  const Services services{dkim, [now] { return now; }};
  play_message(services, running, client, options.helo, options.mail_from, options.rcpt_to, *text,
               [&](const TransactionStart& start, const std::vector<HeaderField>& fields,
                   const TransactionResult& result) {
                 put(options.json ? explain_json(start, fields, result)
                                  : explain_text(explanation(start, fields, result)));
               });
  return 0;
}

}  // namespace ccgate
