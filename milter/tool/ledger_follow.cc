#include "milter/tool/ledger_follow.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstdio>
#include <limits>

#include "policy/text/terminal_text.h"

namespace ccgate {
namespace {

constexpr std::size_t kEveryOne = std::numeric_limits<std::int64_t>::max();

bool nobody_reads() {
  pollfd out{STDOUT_FILENO, 0, 0};
  return std::fflush(stdout) != 0 || std::ferror(stdout) != 0 ||
         (poll(&out, 1, 0) > 0 && (out.revents & (POLLERR | POLLHUP | POLLNVAL)) != 0);
}

/// Blocks what ends a program that waits, so that it is noticed between two lines.
class EndSignals {
 public:
  EndSignals() {
    sigemptyset(&signals_);
    for (const int signal : {SIGINT, SIGTERM, SIGPIPE}) sigaddset(&signals_, signal);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  }
  /// Within a second.
  [[nodiscard]] bool came() const {
    const timespec second{1, 0};
    return sigtimedwait(&signals_, nullptr, &second) >= 0;
  }

 private:
  sigset_t signals_{};
};

}  // namespace

std::size_t terminal_width() {
  winsize size{};
  if (isatty(STDOUT_FILENO) == 0 || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

void follow(LedgerReader& ledger, LedgerFilter filter,
            const std::function<void(const std::vector<LedgerRow>&)>& print) {
  const EndSignals signals;
  bool begun = false, told = false;
  do {
    try {
      const std::vector<LedgerRow> rows = ledger.entries(filter);
      if (!begun || !rows.empty()) print(rows);
      if (!rows.empty()) filter.after_row = rows.back().row;
      filter.limit = kEveryOne;  // of the new ones
      begun = true;
      told = false;
    } catch (const StoreError& error) {
      if (!begun) throw;
      if (!told) std::fprintf(stderr, "ccgate: %s; trying again\n", shown(error.what()).c_str());
      told = true;
    }
  } while (!nobody_reads() && !signals.came());
}

}  // namespace ccgate
