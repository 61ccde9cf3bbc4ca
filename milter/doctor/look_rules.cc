#include "milter/doctor/look_rules.h"

#include <fmt/core.h>
#include <unistd.h>

#include <set>

#include "milter/site/config_hooks.h"
#include "milter/site/hooks_lint.h"
#include "milter/site/host_lint.h"

namespace ccgate {
namespace {

std::string placed(const Issue& issue) {
  if (issue.file.empty()) return issue.what;
  if (issue.at.line == 0) return fmt::format("{}: {}", issue.file, issue.what);
  return fmt::format("{}:{}: {}", issue.file, issue.at.line, issue.what);
}

std::string help_of(const Issue& issue) {
  return issue.help.empty() ? "`ccgate check` shows the place" : issue.help;
}

/// It is the account that asks that may not; what the daemon's may is another look.
bool is_own_right(const Issue& issue) {
  return geteuid() != 0 && issue.what.ends_with(": Permission denied");
}

std::set<std::string> programs_of_site(const Ruleset& rules) {
  std::set<std::string> all;
  for (const auto& argv : programs_of(rules.config.hooks)) all.insert(argv.front());
  for (const List& list : rules.lists)
    for (const auto& argv : programs_of(list.config.hooks)) all.insert(argv.front());
  return all;
}

}  // namespace

LookResult look_at_rules(const std::string& config_file, const Ruleset* rules, const Issues& issues) {
  LookResult result{Look::rules};
  for (const Issue& issue : issues) {
    if (issue.severity != Severity::error) continue;
    if (is_own_right(issue))
      result.untold.push_back(fmt::format("{}; ask as root, or as the daemon's account", placed(issue)));
    else
      result.found.push_back(found(SiteFinding::rules_refused, {placed(issue), help_of(issue)}));
  }
  if (rules == nullptr) return result;
  result.seen.push_back(fmt::format("`{}`: {} list(s), {} ccTLD(s)", config_file, rules->lists.size(),
                                    rules->directory->size()));
  if (rules->lists.empty())
    result.untold.emplace_back("no list is named: the unit does not start the daemon before there is one");
  return result;
}

std::vector<LookResult> look_at_host(const Ruleset& rules, const std::string& user) {
  LookResult host{Look::host}, hooks{Look::hooks};
  Issues issues;
  lint_account(user, issues);
  lint_host(rules, user, issues);
  const std::set<std::string> programs = programs_of_site(rules);
  for (const Issue& issue : issues) {
    const bool error = issue.severity == Severity::error;
    const std::vector<std::string> words{placed(issue), help_of(issue)};
    if (error && programs.contains(issue.file))
      hooks.found.push_back(found(SiteFinding::hook_not_runnable, words));
    else
      host.found.push_back(found(error ? SiteFinding::host_fault : SiteFinding::host_warning, words));
  }
  Issues about_hooks;
  lint_hooks(rules, about_hooks);
  for (const Issue& issue : about_hooks)
    hooks.found.push_back(found(SiteFinding::host_warning, {placed(issue), help_of(issue)}));
  if (host.found.empty())
    host.seen.push_back(fmt::format("account `{}` can read what it needs, and write where it has to", user));
  if (hooks.found.empty())
    hooks.seen.push_back(programs.empty() ? "none are named"
                                          : fmt::format("{} program(s) can be run", programs.size()));
  return {std::move(host), std::move(hooks)};
}

}  // namespace ccgate
