#include "milter/daemon/daemon.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/core.h>

#include <cstdio>
#include <stdexcept>
#include <vector>

#include "milter/daemon/listener.h"
#include "milter/daemon/rules.h"
#include "milter/daemon/serve.h"
#include "milter/daemon/signals.h"
#include "milter/site/config_yaml.h"
#include "milter/site/host_lint.h"
#include "milter/system/accounts.h"
#include "milter/system/files.h"
#include "milter/system/log.h"

namespace ccgate {
namespace {

using Listeners = std::vector<std::unique_ptr<Listener>>;

/// Each child has the sockets of all. One that is left open takes connections that nobody serves.
void keep_only(Listeners& listeners, const Listener* own) {
  for (const auto& each : listeners)
    if (each.get() != own) each->leave_to_other();
}

/// One process for each listening address, since the library serves one in a process. Signals are passed on;
/// when one child ends, all do.
int supervise(const DaemonOptions& options, const std::shared_ptr<const Ruleset>& rules,
              Listeners& listeners) {
  std::vector<pid_t> children;
  for (const auto& listener : listeners) {
    const pid_t child = fork();
    if (child < 0) throw std::runtime_error("cannot start another process");
    if (child == 0) {
      prctl(PR_SET_PDEATHSIG, kStopChild);
      catch_signals_of_parent();
      keep_only(listeners, listener.get());
      serve(options, rules, *listener);
    }
    children.push_back(child);
  }
  keep_only(listeners, nullptr);
  const auto tell = [&](int number) {
    for (const pid_t child : children) kill(child, number);
  };
  bool stopping = false;
  int first = 0;
  std::size_t ended = 0;
  while (ended < children.size()) {
    int status = 0;
    if (waitpid(-1, &status, WNOHANG) > 0) {
      if (ended++ == 0) first = WIFEXITED(status) ? WEXITSTATUS(status) : 3;
      if (!stopping) tell(kStopChild);
      stopping = true;
      continue;
    }
    if (take_stop_request()) {
      tell(kStopChild);
      stopping = true;
    }
    if (take_reload_request()) tell(SIGHUP);
    wait_for_wake(200);
  }
  return first;
}

int check(const DaemonOptions& options, const Ruleset& rules) {
  Issues issues;
  lint_account(own_account(), issues);
  lint_host(rules, own_account(), issues);
  print(issues);
  if (has_errors(issues)) return 1;
  write_log_text(LogLevel::info, fmt::format("ccgate-milter: {}: ok\n", options.config_file));
  return 0;
}

/// 0 where there are lists; 1 without; 0 as well where that cannot be told, since whoever starts tells what
/// is wrong.
int tell_lists(const DaemonOptions& options) {
  std::string why;
  constexpr std::size_t kLargest = std::size_t{1024} * 1024;
  const auto text = read_file(options.config_file, kLargest, why);
  Issues issues;
  const auto config = text ? parse_config(*text, options.config_file, issues) : std::nullopt;
  if (!config || !config->lists.empty()) return 0;
  write_log_text(
      LogLevel::info,
      fmt::format("ccgate-milter: {} names no list yet: there is nothing to guard. Write one below "
                  "`lists`, see EXAMPLES in ccgate.yaml(5), and start this again\n",
                  options.config_file));
  return 1;
}

void warn_of_root() {
  if (geteuid() != 0) return;
  write_log(LogLine(LogLevel::warning, "runs_as_root")
                .add("why", "it needs no rights of root: run it as an account of its own"));
}

}  // namespace

int run_daemon(const DaemonOptions& options) {
  if (options.task == DaemonOptions::Task::has_lists) return tell_lists(options);
  Issues issues;
  auto rules = load_ruleset(options.config_file, issues);
  print(issues);
  if (!rules) return 1;
  if (options.task == DaemonOptions::Task::check) return check(options, *rules);
  set_log(rules->config.log.format, rules->config.log.level);
  warn_of_root();
  catch_signals();
  try {
    Listeners listeners;
    const SocketRights rights{rules->config.socket.mode, rules->config.socket.group,
                              rules->config.socket.is_public};
    for (const std::string& spec : rules->config.listen)
      listeners.push_back(std::make_unique<Listener>(spec, rights));
    if (listeners.size() == 1) serve(options, std::move(rules), *listeners.front());
    return supervise(options, rules, listeners);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "ccgate-milter: %s\n", error.what());
    return 3;
  }
}

}  // namespace ccgate
