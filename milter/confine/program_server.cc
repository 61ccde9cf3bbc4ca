#include "milter/confine/program_server.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <exception>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <thread>
#include <utility>

#include "milter/confine/program_wire.h"

namespace ccgate {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr char kRun = 'r', kLookAgain = 'l', kStop = 's';
constexpr int kMostPrograms = 64;
// To say or hear what is ready to be said.
constexpr seconds kPatience{10};

std::pair<Descriptor, Descriptor> socket_pair(int type) {
  std::array<int, 2> ends{-1, -1};
  if (socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, ends.data()) != 0) return {};
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

union HandedOver {
  cmsghdr header;
  std::array<char, CMSG_SPACE(sizeof(int))> octets;
};

/// One octet, and a descriptor with it if there is one.
bool send_word(int server, char word, int fd) {
  iovec text{&word, 1};
  HandedOver control{};
  msghdr message{};
  message.msg_iov = &text;
  message.msg_iovlen = 1;
  if (fd >= 0) {
    message.msg_control = control.octets.data();
    message.msg_controllen = control.octets.size();
    control.header.cmsg_level = SOL_SOCKET;
    control.header.cmsg_type = SCM_RIGHTS;
    control.header.cmsg_len = CMSG_LEN(sizeof fd);
    std::memcpy(CMSG_DATA(&control.header), &fd, sizeof fd);
  }
  while (sendmsg(server, &message, MSG_NOSIGNAL) != 1)
    if (errno != EINTR) return false;
  return true;
}

/// nullopt: nobody is left to say anything.
std::optional<std::pair<char, Descriptor>> receive_word(int fd) {
  char word = 0;
  iovec text{&word, 1};
  HandedOver control{};
  msghdr message{};
  message.msg_iov = &text;
  message.msg_iovlen = 1;
  message.msg_control = control.octets.data();
  message.msg_controllen = control.octets.size();
  ssize_t got = 0;
  while ((got = recvmsg(fd, &message, MSG_CMSG_CLOEXEC)) < 0 && errno == EINTR) continue;
  if (got <= 0) return std::nullopt;
  int handed = -1;
  const cmsghdr* part = CMSG_FIRSTHDR(&message);
  if (part != nullptr && part->cmsg_type == SCM_RIGHTS && part->cmsg_len >= CMSG_LEN(sizeof handed))
    std::memcpy(&handed, CMSG_DATA(part), sizeof handed);
  return std::pair(word, Descriptor(handed));
}

/// Asks for a stop when the other end says so, not when it is gone. Until it is destroyed.
class StopWatch {
 public:
  explicit StopWatch(int fd)
      : thread_([this, fd](const std::stop_token& over) {
          while (!over.stop_requested()) {
            pollfd wanted{fd, POLLIN, 0};
            constexpr int kStep = 50;
            if (poll(&wanted, 1, kStep) <= 0) continue;
            char word = 0;
            if (recv(fd, &word, 1, MSG_DONTWAIT) != 1) return;
            if (word == kStop) source_.request_stop();
          }
        }) {}
  [[nodiscard]] std::stop_token token() const { return source_.get_token(); }

 private:
  std::stop_source source_;
  std::jthread thread_;
};

/// The life of the other process.
class Serving {
 public:
  explicit Serving(const ProgramPermit& permit) : permit_(permit) {}

  void serve(int from) {
    while (auto word = receive_word(from)) {
      if (word->first == kLookAgain) look_again();
      if (word->first == kRun && word->second) begin(std::move(word->second));
    }
    while (running_ > 0) std::this_thread::sleep_for(milliseconds(20));
  }

 private:
  void begin(Descriptor to) {
    if (running_ >= kMostPrograms) return answer(to, refused("too many programs run already"));
    ++running_;
    try {
      std::thread([this, to = std::move(to)] {
        work(to);
        --running_;
      }).detach();
    } catch (const std::exception&) {
      --running_;  // who asked sees that nobody answers
    }
  }

  void work(const Descriptor& to) {
    try {
      const auto text = receive_text(to.get(), Clock::now() + kPatience);
      const auto order = text ? read_order(*text) : std::nullopt;
      if (!order) return;
      if (!may_run(order->argv))
        return answer(to, refused("the configuration, as it is now, does not name it"));
      const StopWatch watch(to.get());
      answer(to, run_program(order->argv, order->input, order->limits, watch.token()));
    } catch (const std::exception& error) {
      answer(to, refused(error.what()));
    }
  }

  static ProgramResult refused(const char* why) { return {ProgramResult::End::not_started, 0, "", why}; }
  static void answer(const Descriptor& to, const ProgramResult& result) {
    (void)send_text(to.get(), write_result(result), Clock::now() + kPatience);
  }
  bool may_run(const std::vector<std::string>& argv) {
    const std::lock_guard lock(mutex_);
    return permit_.may_run(argv);
  }
  void look_again() {
    const std::lock_guard lock(mutex_);
    permit_.look_again();
  }

  const ProgramPermit& permit_;
  std::mutex mutex_;
  std::atomic<int> running_{0};
};

/// While it lives, no signal comes in.
class AllSignalsBlocked {
 public:
  AllSignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before_);
  }
  AllSignalsBlocked(const AllSignalsBlocked&) = delete;
  AllSignalsBlocked& operator=(const AllSignalsBlocked&) = delete;
  ~AllSignalsBlocked() { restore(); }
  void restore() const { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

[[noreturn]] void be_the_server(int from, const ProgramPermit& permit, const AllSignalsBlocked& blocked) {
  // A terminal and a service manager tell all processes of a group.
  for (const int number : {SIGTERM, SIGINT, SIGHUP, SIGUSR1, SIGUSR2, SIGPIPE}) signal(number, SIG_IGN);
  blocked.restore();
  prctl(PR_SET_NAME, "ccgate-programs");
  prctl(PR_SET_DUMPABLE, 0);
  try {
    constexpr int kOwn = STDERR_FILENO + 1;
    const int own = fcntl(from, F_DUPFD_CLOEXEC, kOwn);
    if (own < 0 || (own != kOwn && dup3(own, kOwn, O_CLOEXEC) < 0)) _exit(1);
    // A socket of the daemon that is open here too would take clients that nobody serves.
    close_range(kOwn + 1, ~0U, 0);
    const int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int fd = 0; fd <= STDERR_FILENO; ++fd) dup2(nothing, fd);
    Serving(permit).serve(kOwn);
  } catch (...) {
    _exit(1);
  }
  _exit(0);
}

}  // namespace

ProgramServer::ProgramServer(const ProgramPermit& permit) : owner_(getpid()) {
  auto [ours, its] = socket_pair(SOCK_SEQPACKET);
  const AllSignalsBlocked blocked;  // until it ignores them
  pid_ = ours ? fork() : -1;
  if (pid_ < 0)
    throw std::runtime_error(std::string("cannot start the process that runs programs: ") +
                             std::strerror(errno));
  if (pid_ == 0) be_the_server(its.get(), permit, blocked);
  server_ = std::move(ours);
}

ProgramServer::~ProgramServer() {
  end();
}

ProgramResult ProgramServer::run(const std::vector<std::string>& argv, std::string_view input,
                                 const ProgramLimits& limits, const std::stop_token& stop) const {
  constexpr const char* kGone =
      "the process that runs programs for the daemon does not answer; restart the daemon";
  const auto not_started = [](const char* why) {
    return ProgramResult{ProgramResult::End::not_started, 0, "", why};
  };
  if (argv.empty()) return not_started("no program is named");
  auto [ours, its] = socket_pair(SOCK_STREAM);
  if (!ours) return not_started(std::strerror(errno));
  if (!send_word(server_.get(), kRun, its.get())) return not_started(kGone);
  its.reset();
  const auto begin = Clock::now();
  if (!send_text(ours.get(), write_order(argv, input, limits), begin + kPatience)) return not_started(kGone);
  const std::stop_callback told(stop, [fd = ours.get()] { send(fd, &kStop, 1, MSG_NOSIGNAL); });
  const auto text = receive_text(ours.get(), begin + limits.time + limits.grace + kPatience);
  const auto result = text ? read_result(*text) : std::nullopt;
  return result ? *result : not_started(kGone);
}

void ProgramServer::look_again() const noexcept {
  (void)send_word(server_.get(), kLookAgain, -1);
}

// A service manager that finds somebody left waits, or kills.
void ProgramServer::end() const noexcept {
  constexpr seconds kLongest{1};
  if (getpid() != owner_) return;
  shutdown(server_.get(), SHUT_RDWR);
  const auto last = Clock::now() + kLongest;
  while (waitpid(pid_, nullptr, WNOHANG) == 0 && Clock::now() < last)
    std::this_thread::sleep_for(milliseconds(1));
}

bool ProgramServer::alive() const noexcept {
  pollfd other{server_.get(), 0, 0};
  return poll(&other, 1, 0) == 0;
}

}  // namespace ccgate
