#include "milter/daemon/daemon.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "milter/daemon/confinement.h"
#include "milter/daemon/listener.h"
#include "milter/daemon/notify.h"
#include "milter/daemon/rules.h"
#include "milter/daemon/serve.h"
#include "milter/daemon/signals.h"
#include "milter/metrics/metrics.h"
#include "milter/metrics/metrics_page.h"
#include "milter/metrics/scrape_server.h"
#include "milter/site/config_yaml.h"
#include "milter/site/host_lint.h"
#include "milter/system/accounts.h"
#include "milter/system/descriptor.h"
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

/// The parent reads the configuration for what it does itself, its log and the page, and takes what its
/// children take; they tell what is wrong with it.
void take_own_keys(const DaemonOptions& options, const std::string& store, ScrapeServer& page) {
  Issues issues;
  const auto next = load_ruleset(options.config_file, issues);
  if (!next || next->config.store != store) return;
  set_log(next->config.log);
  page.listen_at(next->config.metrics.listen);
}

/// What the children have to say to the service manager: it hears the parent alone, so that nothing else that
/// is started can speak for the daemon.
class ReadyChildren {
 public:
  explicit ReadyChildren(std::size_t children) : wanted_(children), pipe_(open_pipe()) {
    if (!pipe_) throw std::runtime_error("cannot open a pipe");
    fcntl(pipe_.reader.get(), F_SETFL, O_NONBLOCK);
  }
  /// For a child.
  [[nodiscard]] Notify teller() const {
    return [fd = pipe_.writer.get()](std::string_view state) {
      const char ready = 'r';
      if (state == "READY=1") [[maybe_unused]]
        const auto written = write(fd, &ready, 1);
    };
  }
  /// They say it once more, each.
  void begin_anew() {
    look();
    ready_ = 0;
    told_ = false;
  }
  void look() {
    std::array<char, 64> said{};
    for (ssize_t got = 0; (got = read(pipe_.reader.get(), said.data(), said.size())) > 0;)
      ready_ += static_cast<std::size_t>(got);
    if (told_ || ready_ < wanted_) return;
    told_ = true;
    notify_service_manager("READY=1");
  }
  [[nodiscard]] bool told() const noexcept { return told_; }

 private:
  std::size_t wanted_;
  Pipe pipe_;
  std::size_t ready_ = 0;
  bool told_ = false;
};

/// One process for each listening address, since the library serves one in a process. Signals are passed on;
/// when one child ends, all do.
int supervise(const DaemonOptions& options, const std::shared_ptr<const Ruleset>& rules, Listeners& listeners,
              Confinement& confinement, const ScrapeServer::Page& make_page) {
  constexpr int kPause = 200, kPauseUntilReady = 20;
  ReadyChildren ready(listeners.size());
  std::vector<pid_t> children;
  for (const auto& listener : listeners) {
    const pid_t child = fork();
    if (child < 0) throw std::runtime_error("cannot start another process");
    if (child == 0) {
      prctl(PR_SET_PDEATHSIG, kStopChild);
      catch_signals_of_parent();
      keep_only(listeners, listener.get());
      serve(options, rules, *listener, confinement, ready.teller(), nullptr);
    }
    children.push_back(child);
  }
  keep_only(listeners, nullptr);
  confinement.filter_calls_of(CallFilter::supervising);
  const std::string store = rules->config.store;
  ScrapeServer page(make_page);
  page.listen_at(rules->config.metrics.listen);
  const auto tell = [&](int number) {
    for (const pid_t child : children) kill(child, number);
  };
  bool stopping = false;
  int first = 0;
  std::size_t ended = 0;
  while (ended < children.size()) {
    int status = 0;
    if (const pid_t gone = waitpid(-1, &status, WNOHANG); gone > 0) {
      if (std::find(children.begin(), children.end(), gone) == children.end()) continue;
      end_process(gone);
      if (ended++ == 0) first = WIFEXITED(status) ? WEXITSTATUS(status) : 3;
      if (!stopping) tell(kStopChild);
      stopping = true;
      continue;
    }
    ready.look();
    if (take_stop_request()) {
      notify_service_manager("STOPPING=1");
      tell(kStopChild);
      stopping = true;
    }
    if (take_reload_request()) {
      notify_service_manager("RELOADING=1");
      ready.begin_anew();
      tell(SIGHUP);
      take_own_keys(options, store, page);
    }
    wait_for_wake(ready.told() ? kPause : kPauseUntilReady);
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

int load_and_serve(const DaemonOptions& options) {
  // Before there is much to copy, and anything to hide.
  std::optional<Confinement> confinement;
  if (options.task == DaemonOptions::Task::serve) confinement.emplace(options.config_file);
  Issues issues;
  auto rules = load_ruleset(options.config_file, issues);
  print(issues);
  if (!rules) return 1;
  if (!confinement) return check(options, *rules);
  set_log(rules->config.log);
  warn_of_root();
  catch_signals();
  share_metrics();
  metrics().started.set(std::time(nullptr));
  const auto make_page = [fixed = options.now] {
    return metrics_page(metrics(), fixed ? *fixed : static_cast<std::int64_t>(std::time(nullptr)),
                        CCGATE_VERSION);
  };
  Listeners listeners;
  const SocketRights rights{rules->config.socket.mode, rules->config.socket.group,
                            rules->config.socket.is_public};
  for (const std::string& spec : rules->config.listen)
    listeners.push_back(std::make_unique<Listener>(spec, rights));
  confinement->limit_files(rules->config);
  if (listeners.size() == 1)
    serve(options, std::move(rules), *listeners.front(), *confinement, notify_service_manager, make_page);
  return supervise(options, rules, listeners, *confinement, make_page);
}

}  // namespace

int run_daemon(const DaemonOptions& options) {
  if (options.task == DaemonOptions::Task::has_lists) return tell_lists(options);
  int status = 3;
  try {
    status = load_and_serve(options);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "ccgate-milter: %s\n", error.what());
  }
  if (options.task != DaemonOptions::Task::serve) return status;
  // Without what else runs at the end of a process: whether the calls that are left let it, nobody has asked.
  std::fflush(nullptr);
  _exit(status);
}

}  // namespace ccgate
