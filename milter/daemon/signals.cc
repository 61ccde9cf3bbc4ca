#include "milter/daemon/signals.h"

#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>

namespace ccgate {
namespace {

// What a signal handler may touch: two flags and the descriptor that wakes the main thread.
std::atomic<bool> stop_wanted{false};
std::atomic<bool> reload_wanted{false};
// Never closed: a thread that a stop leaves behind may write to it to the end.
int wake_fd = -1;

void on_signal(int number) {
  (number == SIGHUP || number == SIGUSR1 ? reload_wanted : stop_wanted) = true;
  wake_main();
}

void handle(int number) {
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = SA_RESTART;
  sigaction(number, &action, nullptr);
}

}  // namespace

const int kStopChild = SIGUSR2;

void catch_signals() {
  wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  for (const int number : {SIGHUP, SIGUSR1, SIGTERM, SIGINT}) handle(number);
  signal(SIGPIPE, SIG_IGN);
}

void catch_signals_of_parent() {
  wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);  // the parent's would wake either of them
  handle(kStopChild);
  signal(SIGTERM, SIG_IGN);
  signal(SIGINT, SIG_IGN);
}

bool take_stop_request() noexcept {
  return stop_wanted.exchange(false);
}

bool take_reload_request() noexcept {
  return reload_wanted.exchange(false);
}

void wait_for_wake(int timeout_ms) noexcept {
  pollfd descriptor{wake_fd, POLLIN, 0};
  poll(&descriptor, 1, timeout_ms);
  std::uint64_t drained = 0;
  [[maybe_unused]] const auto got = read(wake_fd, &drained, sizeof drained);
}

void wake_main() noexcept {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = write(wake_fd, &one, sizeof one);
}

}  // namespace ccgate
