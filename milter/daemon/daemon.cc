#include "milter/daemon/daemon.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <stdexcept>
#include <vector>

#include "milter/daemon/listener.h"
#include "milter/daemon/rules.h"
#include "milter/daemon/serve.h"
#include "milter/daemon/signals.h"
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

}  // namespace

int run_daemon(const DaemonOptions& options) {
  Issues issues;
  auto rules = load_ruleset(options.config_file, issues);
  print(issues);
  if (!rules) return 1;
  set_log(rules->config.log.format, rules->config.log.level);
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
