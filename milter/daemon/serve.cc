#include "milter/daemon/serve.h"

#include <malloc.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "milter/daemon/rules.h"
#include "milter/daemon/signals.h"
#include "milter/daemon/status_file.h"
#include "milter/metrics/metrics.h"
#include "milter/outbox/make_submitter.h"
#include "milter/outbox/outbox_thread.h"
#include "milter/session/mta.h"
#include "milter/store/open_store.h"
#include "milter/system/log.h"

namespace ccgate {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using std::chrono::seconds;

// How long a stop waits for what was begun: longer than a message waits for DNS by default.
constexpr seconds kLongestStop{20};
// A session that says nothing for so long is between messages, or its client is gone.
constexpr seconds kQuiet{5};
// A mail or a hook that is under way may take minutes; who claims its task later finds it unfinished.
constexpr seconds kOutboxStop{5};

/// As many descriptors as the system lets us have: running out of them would stop the listener.
void raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

/// As many heaps as there are processors, where the C library would take eight times as many: what one thread
/// gives back serves the others too, and the memory of the daemon does not creep.
void share_heaps() {
#ifdef __GLIBC__
  mallopt(M_ARENA_MAX, static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 2U, 8U)));
#endif
}

[[noreturn]] void leave(int status, const Confinement& confinement) {
  confinement.end();
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

/// A socket whose name was removed or replaced serves nobody new. False when it cannot be mended: then the
/// service manager has to start us again.
class SocketWatch {
 public:
  explicit SocketWatch(Listener& listener) : listener_(listener) {}

  [[nodiscard]] bool look() {
    if (!listener_.is_lost()) {
      told_ = false;
      return true;
    }
    const bool handed_over = listener_.spec().starts_with("fd:");
    if (handed_over && told_) return true;
    told_ = true;
    LogLine line(LogLevel::error, "socket_lost");
    line.add("listen", listener_.spec());
    if (handed_over) {
      // Started anew, we would be handed the same one.
      write_log(line.add("why", "its file was removed or replaced; restart what made the socket"));
      return true;
    }
    try {
      listener_.bind_anew();
      write_log(line.add("why", "its file was removed or replaced; it is bound anew"));
      return true;
    } catch (const std::exception& error) {
      write_log(line.add("why", error.what()));
      return false;
    }
  }

 private:
  Listener& listener_;
  bool told_ = false;
};

/// What lies outside would be told as a file that cannot be read, and look like a fault of its rights.
void reload(Rules& rules, const std::string& config_file, const Confinement& confinement) {
  if (const std::string why = confinement.outside(); !why.empty()) {
    write_log(LogLine(LogLevel::error, "reload_refused").add("why", why).add("errors", std::int64_t{1}));
    return;
  }
  rules.reload(config_file);
  confinement.reloaded(rules.current().rules->config);
}

/// Until a stop is wanted, or the library ended: reloads when a signal says so, and looks once a second, by a
/// clock that nobody sets, whether contacts.json, a roster or resolv.conf was written anew, and at the
/// socket. All of it happens here, never in a thread that serves mail. A signal waits until it is done:
/// milliseconds with all ccTLDs of today, some seconds with a million. False when there is no serving any
/// more.
bool maintain(Rules& rules, const std::string& config_file, Listener& listener, Confinement& confinement,
              const Notify& notify, const std::function<void()>& tell_status,
              const std::atomic<bool>& ended) {
  constexpr milliseconds kInterval{1000};
  SocketWatch socket(listener);
  auto next_look = Clock::now() + kInterval;
  while (!ended) {
    if (take_stop_request()) return true;
    const auto left = std::chrono::ceil<milliseconds>(next_look - Clock::now());
    if (left.count() > 0) wait_for_wake(static_cast<int>(left.count()));
    if (take_reload_request()) {
      notify("RELOADING=1");
      reload(rules, config_file, confinement);
      tell_status();
      notify("READY=1");
    }
    if (Clock::now() < next_look) continue;
    if (!socket.look()) return false;
    confinement.look();
    rules.look_at_contacts();
    rules.look_at_rosters();
    rules.look_at_resolv_conf();
    next_look = Clock::now() + kInterval;
  }
  return false;
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
  void begin(const Rules& rules, const std::function<std::int64_t()>& clock, const RunProgram& run) {
    const std::string url = rules.current().rules->config.store;
    if (url.empty()) return;
    store = open_store_later(url, kStoreAtStart);
    WorkerParts parts{*store, [&rules] { return rules.current().rules; }, clock, worker_name()};
    parts.smtputf8 = &smtputf8;
    parts.deliveries = kDeliveries;
    parts.run = run;
    parts.submitter = [run](const Submission& submission, std::stop_token stop) {
      return make_submitter_with(run, submission, std::move(stop));
    };
    outbox = std::make_unique<OutboxThread>(std::move(parts));
  }
  void poke() const noexcept {
    if (outbox) outbox->poke();
  }
  [[nodiscard]] const Smtputf8Offer* offer() const noexcept { return outbox ? &smtputf8 : nullptr; }
};

/// What blocks a thread inside the library is not known here: a client that stops in the middle of what it
/// says, for one. So whoever has said something that is still unread is helped to a thread, at intervals that
/// are short while there are several.
void keep_kicking(const Listener& listener) {
  constexpr int kMost = 64;
  Clock::duration look{};
  while (true) {
    // With thousands of descriptors a look takes milliseconds: it never takes more than a tenth of a core.
    const Clock::duration pause = mta_load().sessions > 1 ? milliseconds(50) : milliseconds(500);
    std::this_thread::sleep_for(std::max(pause, 9 * look));
    const auto begin = Clock::now();
    const int waiting = std::min(listener.unread_connections().value_or(1), kMost);
    for (int i = 0; i < waiting; ++i) listener.kick();
    look = Clock::now() - begin;
  }
}

/// Lets what was begun come to its end, for a while; a second request for a stop ends it. Begun is every
/// connection that is open: one between two messages may have the next to bring. Those that stay silent are
/// not waited for to the end, since new clients are turned away meanwhile.
void finish_what_is_begun(Listener& listener) {
  const auto begin = Clock::now();
  listener.refuse_new();
  while (!take_stop_request()) {
    const auto waited = Clock::now() - begin;
    const MtaLoad load = mta_load();
    if (load.sessions == 0 && listener.open_connections().value_or(0) == 0) return;
    if (load.messages == 0 && load.quiet > kQuiet && waited > kQuiet) return;
    if (waited > kLongestStop) return;
    wait_for_wake(20);
  }
}

void stop_outbox(OutboxThread& outbox) {
  std::atomic<bool> stopped{false};
  std::thread([&] {
    outbox.stop();
    stopped = true;
    wake_main();
  }).detach();
  const auto begin = Clock::now();
  while (!stopped && Clock::now() - begin < kOutboxStop && !take_stop_request()) wait_for_wake(50);
}

}  // namespace

void serve(const DaemonOptions& options, std::shared_ptr<const Ruleset> first, Listener& listener,
           Confinement& confinement, const Notify& notify, const ScrapeServer::Page& make_page) {
  raise_descriptor_limit();
  share_heaps();
  confinement.filter_calls_of(CallFilter::serving);
  begin_process();
  // Signals are for the main thread alone: libmilter takes SIGHUP for a stop.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &before);

  static const DkimVerifier dkim;
  static std::optional<ScrapeServer> page;
  if (make_page) page.emplace(make_page);
  static Rules rules(std::move(first), [](const Config& config) {
    if (page) page->listen_at(config.metrics.listen);
  });
  const auto fixed = options.now;
  const auto clock = [fixed] { return fixed ? *fixed : static_cast<std::int64_t>(std::time(nullptr)); };
  static Remembering remembering;
  remembering.begin(rules, clock, confinement.runner());
  static const Services services{
      dkim, clock, remembering.store.get(), [] { remembering.poke(); }, nullptr, remembering.offer()};
  static const MtaOptions mta{services, [] { return rules.current(); }, [&listener] { listener.kick(); }};
  prepare_mta(mta, listener.fd());
  static std::atomic<bool> ended{false};
  std::thread([] {
    run_mta();
    ended = true;
    wake_main();
  }).detach();
  std::thread([&listener] { keep_kicking(listener); }).detach();
  pthread_sigmask(SIG_SETMASK, &before, nullptr);

  const std::vector<std::string> specs = rules.current().rules->config.listen;
  const auto number = std::find(specs.begin(), specs.end(), listener.spec()) - specs.begin();
  StatusFile status(static_cast<std::size_t>(number), options.config_file, listener.spec(), listener.fd(),
                    clock());
  const auto tell_status = [&] { status.tell(*rules.current().rules, clock()); };
  tell_status();
  tell_ready(*rules.current().rules, listener);
  notify("READY=1");
  if (!maintain(rules, options.config_file, listener, confinement, notify, tell_status, ended)) {
    status.remove();
    if (ended) write_log(LogLine(LogLevel::error, "cannot_serve").add("why", "libmilter stopped"));
    leave(3, confinement);
  }

  notify("STOPPING=1");
  finish_what_is_begun(listener);
  if (remembering.outbox) stop_outbox(*remembering.outbox);
  status.remove();
  write_log(
      LogLine(LogLevel::info, "stopped").add("cut_off", static_cast<std::int64_t>(mta_load().messages)));
  leave(0, confinement);
}

}  // namespace ccgate
