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
#include <stdexcept>
#include <thread>
#include <vector>

#include "milter/listener.h"
#include "milter/log.h"
#include "milter/mime/mime.h"
#include "milter/notice/outbox_thread.h"
#include "milter/notify.h"
#include "milter/rules.h"
#include "milter/session/mta.h"
#include "milter/store/retrying_store.h"

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

/// Waits for the messages at work, then leaves without destructors: the library's threads may still hold
/// them.
[[noreturn]] void leave(int status) {
  std::fflush(nullptr);
  _exit(status);
}

void tell_ready(const Ruleset& rules, const Listener& listener) {
  write_log(LogLine(LogLevel::info, "ready")
                .add("version", CCGATE_VERSION)
                .add("listen", listener.spec())
                .add("lists", static_cast<std::int64_t>(rules.lists.size()))
                .add("cctlds", static_cast<std::int64_t>(rules.directory->size())));
}

/// Until a stop is wanted, or the library ended: reloads when a signal says so, and looks once a second, by a
/// clock that nobody sets, whether contacts.json, a roster or resolv.conf was written anew. All happens here,
/// never in a thread that serves mail. A signal waits until they are done: milliseconds with all ccTLDs of
/// today, some seconds with a million.
void maintain(Rules& rules, const std::string& config_file, const std::atomic<bool>& ended) {
  using Clock = std::chrono::steady_clock;
  constexpr milliseconds kInterval{1000};
  auto next_look = Clock::now() + kInterval;
  while (!stop_wanted && !ended) {
    const auto left = std::chrono::ceil<milliseconds>(next_look - Clock::now());
    if (left.count() > 0) wait_for_wake(static_cast<int>(left.count()));
    if (reload_wanted.exchange(false)) {
      notify_service_manager("RELOADING=1");
      rules.reload(config_file);
      notify_service_manager("READY=1");
    }
    if (stop_wanted || Clock::now() < next_look) continue;
    rules.look_at_contacts();
    rules.look_at_rosters();
    rules.look_at_resolv_conf();
    next_look = Clock::now() + kInterval;
  }
}

// Whoever waits for the daemon finds the store open, mostly.
constexpr milliseconds kStoreAtStart{250};
constexpr std::size_t kDeliveries = 8;

/// The store and the worker on it; neither without a store in the configuration.
struct Remembering {
  std::unique_ptr<Store> store;
  Smtputf8Offer smtputf8;
  std::unique_ptr<OutboxThread> outbox;

  /// A store that is away is no reason not to start: other mail has to pass.
  void begin(const Rules& rules, const std::function<std::int64_t()>& clock) {
    const std::string url = rules.current().rules->config.store;
    if (url.empty()) return;
    auto opening = std::make_unique<RetryingStore>(shown_store_url(url),
                                                   [url] { return open_store(url, StoreAccess::own); });
    opening->begin_to_open(kStoreAtStart);
    store = std::move(opening);
    WorkerParts parts{*store, [&rules] { return rules.current().rules; }, clock, worker_name()};
    parts.smtputf8 = &smtputf8;
    parts.deliveries = kDeliveries;
    outbox = std::make_unique<OutboxThread>(std::move(parts));
  }
  void poke() const noexcept {
    if (outbox) outbox->poke();
  }
  [[nodiscard]] const Smtputf8Offer* offer() const noexcept { return outbox ? &smtputf8 : nullptr; }
};

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
  const auto clock = [fixed] { return fixed ? *fixed : static_cast<std::int64_t>(std::time(nullptr)); };
  static Remembering remembering;
  remembering.begin(rules, clock);
  static const Services services{
      dkim, clock, remembering.store.get(), [] { remembering.poke(); }, nullptr, remembering.offer()};
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

  tell_ready(*rules.current().rules, listener);
  notify_service_manager("READY=1");
  maintain(rules, options.config_file, ended);
  if (ended) leave(3);

  notify_service_manager("STOPPING=1");
  std::thread stopper([] { stop_mta(); });
  for (int i = 0; i < 100 && !ended; ++i) {
    listener.kick();  // the library looks at its stop flag when a connection comes
    wait_for_wake(50);
  }
  listener.refuse_new();
  constexpr int kDrainSteps = 400;  // of 50 ms: longer than a message waits for DNS by default
  for (int i = 0; i < kDrainSteps && mta_messages_at_work() > 0; ++i) wait_for_wake(50);
  if (remembering.outbox) remembering.outbox->stop();
  write_log(
      LogLine(LogLevel::info, "stopped").add("cut_off", static_cast<std::int64_t>(mta_messages_at_work())));
  leave(0);
}

/// One process for each listening address, since the library serves one in a process. Signals are passed on;
/// when one child ends, all do.
int supervise(const DaemonOptions& options, std::shared_ptr<const Ruleset> rules,
              std::vector<std::unique_ptr<Listener>>& listeners) {
  std::vector<pid_t> children;
  for (const auto& listener : listeners) {
    const pid_t child = fork();
    if (child < 0) throw std::runtime_error("cannot start another process");
    if (child == 0) {
      prctl(PR_SET_PDEATHSIG, SIGTERM);
      return serve(options, std::move(rules), *listener);  // which may let go of them one day
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
    std::vector<std::unique_ptr<Listener>> listeners;
    const SocketRights rights{rules->config.socket_mode, rules->config.socket_group,
                              rules->config.socket_public};
    for (const std::string& spec : rules->config.listen)
      listeners.push_back(std::make_unique<Listener>(spec, rights));
    if (listeners.size() == 1) return serve(options, std::move(rules), *listeners.front());
    return supervise(options, std::move(rules), listeners);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "ccgate-milter: %s\n", error.what());
    return 3;
  }
}

}  // namespace ccgate
