#include "milter/daemon.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdio>
#include <ctime>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

#include "milter/listener.h"
#include "milter/log.h"
#include "milter/mime/mime.h"
#include "milter/notify.h"
#include "milter/session/mta.h"

namespace ccgate {
namespace {

using std::chrono::milliseconds;

// What a signal handler may touch: two flags and the descriptor that wakes the main thread.
std::atomic<bool> stop_wanted{false};
std::atomic<bool> reload_wanted{false};
int wake_fd = -1;

void on_signal(int number) {
  (number == SIGHUP || number == SIGUSR1 ? reload_wanted : stop_wanted) = true;
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = write(wake_fd, &one, sizeof one);
}

void install_handlers() {
  wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = SA_RESTART;
  for (const int number : {SIGHUP, SIGUSR1, SIGTERM, SIGINT}) sigaction(number, &action, nullptr);
  signal(SIGPIPE, SIG_IGN);
}

void wait_for_wake(int timeout_ms) {
  pollfd descriptor{wake_fd, POLLIN, 0};
  poll(&descriptor, 1, timeout_ms);
  std::uint64_t drained = 0;
  [[maybe_unused]] const auto got = read(wake_fd, &drained, sizeof drained);
}

/// As many descriptors as the system lets us have: running out of them would stop the listener.
void raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

void print(const Issues& issues) {
  for (const Issue& issue : issues) std::fputs(render(issue).c_str(), stderr);
}

/// The rules in force, swapped whole.
class Rules {
 public:
  explicit Rules(std::shared_ptr<const Ruleset> first) { install(std::move(first)); }

  [[nodiscard]] Running current() const {
    const std::lock_guard lock(mutex_);
    return running_;
  }

  void install(std::shared_ptr<const Ruleset> rules) {
    std::shared_ptr<Resolver> resolver = current().resolver;
    const ResolverOptions& wanted = rules->config.dns;
    if (!resolver || !(wanted == options_)) {
      constexpr std::size_t kCachedAnswers = 20000;
      constexpr std::chrono::seconds kLongestTtl{3600};
      resolver = make_caching_resolver(make_unbound_resolver(wanted), kCachedAnswers, kLongestTtl);
      options_ = wanted;
    }
    set_log(rules->config.log_format, rules->config.log_level);
    Running next{std::move(rules), std::move(resolver)};
    const std::lock_guard lock(mutex_);
    std::swap(running_, next);
  }

 private:
  mutable std::mutex mutex_;
  Running running_;
  ResolverOptions options_;
};

void reload(Rules& rules, const std::string& config_file) {
  Issues issues;
  auto next = load_ruleset(config_file, issues);
  print(issues);
  if (!next) {
    write_log(LogLine(LogLevel::error, "reload_refused")
                  .add("why", "the new configuration has errors; the old one stays in force")
                  .add("errors", static_cast<std::int64_t>(issues.size())));
    return;
  }
  try {
    const Config before = rules.current().rules->config;
    const Config& after = next->config;
    const bool moved = before.listen != after.listen || before.socket_mode != after.socket_mode ||
                       before.socket_group != after.socket_group;
    rules.install(std::move(next));
    write_log(LogLine(LogLevel::info, "reloaded").add("config", config_file));
    if (moved)
      write_log(LogLine(LogLevel::warning, "restart_needed")
                    .add("why", "`listen` or `socket` changed; the old socket stays until a restart"));
  } catch (const std::exception& error) {
    write_log(LogLine(LogLevel::error, "reload_refused").add("why", error.what()));
  }
}

/// Waits for the messages at work, then leaves without destructors: the library's threads may still hold
/// them.
[[noreturn]] void leave(int status) {
  std::fflush(nullptr);
  _exit(status);
}

int serve(const DaemonOptions& options, std::shared_ptr<const Ruleset> first, Listener& listener) {
  init_mime();
  raise_descriptor_limit();
  // Signals are for the main thread alone: libmilter takes SIGHUP for a stop.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &before);

  static const DkimVerifier dkim;
  static Rules rules(std::move(first));
  const auto fixed = options.now;
  static const Services services{
      dkim, [fixed] { return fixed ? *fixed : static_cast<std::int64_t>(std::time(nullptr)); }};
  static const MtaOptions mta{services, [] { return rules.current(); }};
  prepare_mta(mta, listener.fd());
  std::atomic<bool> ended{false};
  std::thread server([&ended] {
    if (!run_mta()) write_log(LogLine(LogLevel::error, "cannot_serve").add("why", "libmilter stopped"));
    ended = true;
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = write(wake_fd, &one, sizeof one);
  });
  pthread_sigmask(SIG_SETMASK, &before, nullptr);

  const auto rules_now = rules.current().rules;
  write_log(LogLine(LogLevel::info, "ready")
                .add("version", CCGATE_VERSION)
                .add("listen", listener.spec())
                .add("lists", static_cast<std::int64_t>(rules_now->lists.size()))
                .add("cctlds", static_cast<std::int64_t>(rules_now->directory.size())));
  notify_service_manager("READY=1");
  while (!stop_wanted && !ended) {
    wait_for_wake(-1);
    if (!reload_wanted.exchange(false)) continue;
    notify_service_manager("RELOADING=1");
    reload(rules, options.config_file);
    notify_service_manager("READY=1");
  }
  if (ended) leave(3);

  notify_service_manager("STOPPING=1");
  std::thread stopper([] { stop_mta(); });
  for (int i = 0; i < 100 && !ended; ++i) {
    listener.poke();  // the library looks at its stop flag when a connection comes
    wait_for_wake(50);
  }
  listener.remove_name();           // not before: poke() needs it
  constexpr int kDrainSteps = 400;  // of 50 ms: longer than a message waits for DNS by default
  for (int i = 0; i < kDrainSteps && mta_messages_at_work() > 0; ++i) wait_for_wake(50);
  write_log(
      LogLine(LogLevel::info, "stopped").add("cut_off", static_cast<std::int64_t>(mta_messages_at_work())));
  leave(0);
}

/// One process for each listening address, since the library serves one in a process. Signals are passed on;
/// when one child ends, all do.
int supervise(const DaemonOptions& options, const std::shared_ptr<const Ruleset>& rules,
              std::vector<Listener>& listeners) {
  std::vector<pid_t> children;
  for (Listener& listener : listeners) {
    const pid_t child = fork();
    if (child < 0) throw std::runtime_error("cannot start another process");
    if (child == 0) {
      prctl(PR_SET_PDEATHSIG, SIGTERM);
      return serve(options, rules, listener);
    }
    children.push_back(child);
  }
  const auto tell = [&](int number) {
    for (const pid_t child : children) kill(child, number);
  };
  int status = 0;
  pid_t gone = 0;
  while ((gone = waitpid(-1, &status, WNOHANG)) == 0) {
    if (stop_wanted.exchange(false)) tell(SIGTERM);
    if (reload_wanted.exchange(false)) tell(SIGHUP);
    wait_for_wake(200);
  }
  tell(SIGTERM);
  const int first = gone > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : 3;
  while (waitpid(-1, &status, 0) > 0) continue;
  return first;
}

}  // namespace

int run_daemon(const DaemonOptions& options) {
  Issues issues;
  auto rules = load_ruleset(options.config_file, issues);
  print(issues);
  if (!rules) return 1;
  set_log(rules->config.log_format, rules->config.log_level);
  install_handlers();
  try {
    std::vector<Listener> listeners;
    const SocketRights rights{rules->config.socket_mode, rules->config.socket_group};
    for (const std::string& spec : rules->config.listen) listeners.emplace_back(spec, rights);
    if (listeners.size() == 1) return serve(options, std::move(rules), listeners.front());
    return supervise(options, rules, listeners);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "ccgate-milter: %s\n", error.what());
    return 3;
  }
}

}  // namespace ccgate
