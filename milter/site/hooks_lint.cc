#include "milter/site/hooks_lint.h"

#include <fmt/core.h>

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "milter/site/config_hooks.h"

namespace ccgate {
namespace {

constexpr std::string_view kRosterHook = "ccgate-hook-roster", kMailmanHook = "ccgate-hook-mailman3";
constexpr const char* kOwnHooks = "give each list `hooks` of its own, below its name in `lists`";

/// The value of an option that is written as two words, or as `--option=value`.
std::optional<std::string> option(const std::vector<std::string>& argv, const std::string& name) {
  for (std::size_t i = 1; i < argv.size(); ++i) {
    if (argv[i] == name && i + 1 < argv.size()) return argv[i + 1];
    if (argv[i].starts_with(name + "=")) return argv[i].substr(name.size() + 1);
  }
  return std::nullopt;
}

/// The only word that belongs to no option; each option of this hook has a value.
std::string roster_of(const std::vector<std::string>& argv) {
  for (std::size_t i = 1; i < argv.size(); ++i) {
    if (!argv[i].starts_with("--")) return argv[i];
    if (argv[i].find('=') == std::string::npos) ++i;
  }
  return "";
}

class HooksLint {
 public:
  HooksLint(const Ruleset& rules, Issues& issues) : rules_(rules), issues_(issues) {}

  void lint() {
    for (const List& list : rules_.lists)
      for (const auto& argv : programs_of(list.config.hooks)) lint(list.config, argv);
  }

 private:
  void lint(const ListConfig& list, const std::vector<std::string>& argv) {
    const std::string program = std::filesystem::path(argv.front()).filename().string();
    const auto served = option(argv, "--list");
    if (program == kRosterHook) {
      if (!served) tell_no_list(list, program);
      shares(list, "roster " + roster_of(argv),
             fmt::format("would stand in one roster, `{}`", roster_of(argv)));
    } else if (program == kMailmanHook) {
      const auto id = option(argv, "--list-id");
      if (id && !served) tell_no_list(list, program);
      if (id)
        shares(list, "list " + *id, fmt::format("would be subscribed to one list of Mailman, `{}`", *id));
    } else {
      return;
    }
    if (served && *served != list.name)
      warn(list,
           fmt::format("`{}` is for list `{}`: it refuses what happens on list `{}`", program, *served,
                       list.name),
           kOwnHooks);
  }

  void tell_no_list(const ListConfig& list, const std::string& program) {
    warn(list, fmt::format("`{}` is told no list, and does nothing without one", program),
         fmt::format("add `--list, {}` to its words", list.name));
  }

  /// `where`: what the hook writes to.
  void shares(const ListConfig& list, const std::string& where, const std::string& what) {
    const auto& first = first_with_.emplace(where, list.name).first->second;
    if (first != list.name)
      warn(list, fmt::format("the members of the lists `{}` and `{}` {}", first, list.name, what), kOwnHooks);
  }

  /// Once, since several events have the same hook.
  void warn(const ListConfig& list, std::string what, std::string help) {
    if (told_.insert(what).second)
      issues_.push_back(
          {Severity::warning, rules_.config.file, list.hooks_at, std::move(what), std::move(help), ""});
  }

  const Ruleset& rules_;
  Issues& issues_;
  std::map<std::string, std::string> first_with_;  // what is written to -> the first list that does
  std::set<std::string> told_;
};

}  // namespace

void lint_hooks(const Ruleset& rules, Issues& issues) {
  HooksLint(rules, issues).lint();
}

}  // namespace ccgate
