#include "milter/system/socket_io.h"

#include <fmt/core.h>

#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

namespace ccgate {
namespace {

using Clock = Connection::Clock;
using std::chrono::milliseconds;

// How long a stop may have been asked for before it is seen.
constexpr milliseconds kConnectStep{50};

constexpr const char* kTimedOut = "timed out";
constexpr const char* kStopped = "stopped";
constexpr const char* kClosed = "the server closed the connection";

milliseconds left(Clock::time_point deadline) {
  return std::chrono::ceil<milliseconds>(deadline - Clock::now());
}

/// Why not; empty when the socket is ready, or in a state that the next call tells.
std::string wait_for(int fd, short events, Clock::time_point deadline, const std::stop_token& stop) {
  for (;;) {
    if (stop.stop_requested()) return kStopped;
    const milliseconds rest = left(deadline);
    if (rest.count() <= 0) return kTimedOut;
    pollfd wanted{fd, events, 0};
    const int ready = poll(&wanted, 1, static_cast<int>(std::min(rest, kConnectStep).count()));
    if (ready > 0 || (ready < 0 && errno != EINTR)) return "";
  }
}

bool try_again() {
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

using Addresses = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

/// What the thread of a look-up leaves, for whoever still waits.
struct LookUp {
  std::mutex mutex;
  std::condition_variable done_changed;
  bool done = false;
  int error = 0;
  Addresses found{nullptr, freeaddrinfo};
};

int look_up_now(const std::string& host, const std::string& port, int flags, Addresses& found) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICSERV | flags;
  addrinfo* first = nullptr;
  const int error = getaddrinfo(host.c_str(), port.c_str(), &hints, &first);
  found.reset(error == 0 ? first : nullptr);
  return error;
}

/// Why not; empty when `found` has some.
std::string look_up(const std::string& host, std::uint16_t port, Clock::time_point deadline,
                    const std::stop_token& stop, Addresses& found) {
  const std::string service = std::to_string(port);
  if (look_up_now(host, service, AI_NUMERICHOST, found) == 0) return "";
  const auto shared = std::make_shared<LookUp>();
  std::thread([shared, host, service] {
    Addresses addresses{nullptr, freeaddrinfo};
    const int error = look_up_now(host, service, 0, addresses);
    const std::lock_guard lock(shared->mutex);
    shared->error = error;
    shared->found = std::move(addresses);
    shared->done = true;
    shared->done_changed.notify_all();
  }).detach();
  std::unique_lock lock(shared->mutex);
  while (!shared->done) {
    if (stop.stop_requested()) return kStopped;
    const milliseconds rest = left(deadline);
    if (rest.count() <= 0) return fmt::format("looking up `{}` timed out", host);
    shared->done_changed.wait_for(lock, std::min(rest, kConnectStep));
  }
  if (shared->error != 0) return fmt::format("cannot look up `{}`: {}", host, gai_strerror(shared->error));
  found = std::move(shared->found);
  return "";
}

std::string connect_to(const addrinfo& address, Clock::time_point deadline, const std::stop_token& stop,
                       Descriptor& connected) {
  connected = Descriptor(socket(address.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!connected) return std::strerror(errno);
  const int fd = connected.get();
  if (connect(fd, address.ai_addr, address.ai_addrlen) == 0) return "";
  if (errno != EINPROGRESS) return std::strerror(errno);
  if (std::string why = wait_for(fd, POLLOUT, deadline, stop); !why.empty()) return why;
  int error = 0;
  socklen_t size = sizeof error;
  if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0) error = errno;
  return error == 0 ? "" : std::strerror(error);
}

}  // namespace

std::variant<Connection, std::string> Connection::open(const std::string& host, std::uint16_t port,
                                                       milliseconds each, Clock::time_point deadline,
                                                       const std::stop_token& stop) {
  Addresses found{nullptr, freeaddrinfo};
  std::string why = look_up(host, port, std::min(deadline, Clock::now() + each), stop, found);
  if (!why.empty()) return why;
  for (const addrinfo* address = found.get(); address != nullptr; address = address->ai_next) {
    Descriptor connected;
    why = connect_to(*address, std::min(deadline, Clock::now() + each), stop, connected);
    if (why.empty()) return Connection(std::move(connected));
    if (why == kStopped) break;
  }
  return "cannot connect: " + why;
}

std::string Connection::send_all(std::string_view octets, Clock::time_point deadline,
                                 const std::stop_token& stop) {
  while (!octets.empty()) {
    if (std::string why = wait_for(socket_.get(), POLLOUT, deadline, stop); !why.empty()) return why;
    const ssize_t sent = send(socket_.get(), octets.data(), octets.size(), MSG_NOSIGNAL);
    if (sent < 0 && !try_again()) return kClosed;
    if (sent > 0) octets.remove_prefix(static_cast<std::size_t>(sent));
  }
  return "";
}

std::optional<std::string> Connection::receive(Clock::time_point deadline, const std::stop_token& stop,
                                               std::string& why) {
  for (;;) {
    why = wait_for(socket_.get(), POLLIN, deadline, stop);
    if (!why.empty()) return std::nullopt;
    std::array<char, 4096> octets{};
    const ssize_t count = recv(socket_.get(), octets.data(), octets.size(), 0);
    if (count > 0) return std::string(octets.data(), static_cast<std::size_t>(count));
    if (count < 0 && try_again()) continue;
    why = kClosed;
    return std::nullopt;
  }
}

}  // namespace ccgate
