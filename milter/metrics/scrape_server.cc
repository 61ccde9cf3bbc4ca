#include "milter/metrics/scrape_server.h"

#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <exception>
#include <system_error>
#include <utility>
#include <vector>

#include "milter/metrics/http_reply.h"
#include "milter/metrics/metrics_page.h"
#include "milter/system/log.h"
#include "milter/system/socket_address.h"

namespace ccgate {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMostClients = 8;
constexpr int kQueue = 16;
constexpr std::chrono::seconds kClientTime{5};
constexpr std::chrono::seconds kTryAgain{1};
constexpr int kRest = 9;  // times as long as a page took
constexpr Clock::duration kLongestRest =
    std::chrono::milliseconds(200);  // on a machine that is slow by itself

struct ScrapeClient {
  Descriptor socket;
  Clock::time_point end;
  std::string request;
  std::string reply;
  std::size_t sent = 0;
};

std::string reason(const char* what) {
  return std::string(what) + ": " + std::error_code(errno, std::generic_category()).message();
}

/// A listening socket; else `why` says why not.
Descriptor listen_on(const std::string& text, std::string& why) {
  const auto address = inet_endpoint(text);
  if (!address) {
    why = "no address with a port";
    return {};
  }
  Descriptor listener(socket(address->family(), SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  const int on = 1;
  if (listener) setsockopt(listener.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (listener && address->family() == AF_INET6)
    setsockopt(listener.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
  if (listener && bind(listener.get(), address->get(), address->size) == 0 &&
      listen(listener.get(), kQueue) == 0)
    return listener;
  why = reason("cannot listen");
  return {};
}

/// What the thread of a ScrapeServer has.
class ScrapeLoop {
 public:
  ScrapeLoop(const ScrapeServer::Page& page, int wake) : page_(page), wake_(wake) {}

  void move_to(const std::string& address) {
    if (address == address_) return;
    address_ = address;
    listener_.reset();
    next_try_ = {};
    told_.clear();
  }

  /// Returns after a wake, or when something was done, or a while.
  void turn() {
    const auto now = Clock::now();
    if (!listener_ && !address_.empty() && now >= next_try_) bind_now(now);
    std::erase_if(clients_, [now](const ScrapeClient& client) { return now >= client.end; });
    std::vector<pollfd> watched{{wake_, POLLIN, 0}};
    const bool rests = now < rest_until_;
    if (!rests) {
      watched.push_back({listener_ ? listener_.get() : -1, POLLIN, 0});
      for (const ScrapeClient& client : clients_)
        watched.push_back(
            {client.socket.get(), static_cast<short>(client.reply.empty() ? POLLIN : POLLOUT), 0});
    }
    if (poll(watched.data(), watched.size(), wait_for(now)) <= 0) return;
    drain();
    if (rests) return;
    std::size_t at = 2;
    std::erase_if(clients_,
                  [&](ScrapeClient& client) { return watched[at++].revents != 0 && is_done(client); });
    if (watched[1].revents != 0) let_client_in();
  }

 private:
  void bind_now(Clock::time_point now) {
    std::string why;
    listener_ = listen_on(address_, why);
    next_try_ = now + kTryAgain;
    if (listener_)
      write_log(LogLine(LogLevel::info, "metrics_ready").add("listen", address_));
    else if (why != told_)
      write_log(LogLine(LogLevel::error, "metrics_trouble").add("listen", address_).add("why", why));
    told_ = why;
  }

  [[nodiscard]] int wait_for(Clock::time_point now) const {
    constexpr std::chrono::minutes kLongest{1};
    auto until = now + kLongest;
    if (now < rest_until_) until = rest_until_;
    if (!listener_ && !address_.empty()) until = std::min(until, next_try_);
    for (const ScrapeClient& client : clients_) until = std::min(until, client.end);
    return static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(until - now).count());
  }

  void drain() const {
    std::uint64_t drained = 0;
    [[maybe_unused]] const auto got = read(wake_, &drained, sizeof drained);
  }

  void let_client_in() {
    Descriptor socket(accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!socket) {
      // Without a free descriptor it stays in the queue, and would wake us at once.
      constexpr std::chrono::milliseconds kPause{100};
      if (errno != EAGAIN) rest_until_ = Clock::now() + kPause;
      return;
    }
    if (clients_.size() >= kMostClients) clients_.erase(clients_.begin());
    clients_.push_back({std::move(socket), Clock::now() + kClientTime, {}, {}, 0});
  }

  /// A page that cannot be made, for want of memory, is none.
  bool is_done(ScrapeClient& client) noexcept {
    try {
      return serve(client);
    } catch (...) {
      return true;
    }
  }

  bool serve(ScrapeClient& client) {
    if (client.reply.empty() && !read_from(client)) return true;
    if (client.reply.empty()) return false;
    const ssize_t sent = send(client.socket.get(), client.reply.data() + client.sent,
                              client.reply.size() - client.sent, MSG_NOSIGNAL);
    if (sent < 0) return errno != EAGAIN && errno != EINTR;
    client.sent += static_cast<std::size_t>(sent);
    return client.sent == client.reply.size();
  }

  /// False: it is gone.
  bool read_from(ScrapeClient& client) {
    std::array<char, 4096> buffer{};
    const ssize_t got = recv(client.socket.get(), buffer.data(), buffer.size(), 0);
    if (got < 0) return errno == EAGAIN || errno == EINTR;
    if (got == 0) return false;
    client.request.append(buffer.data(), static_cast<std::size_t>(got));
    const HttpRequest request = read_http_request(client.request);
    if (request == HttpRequest::incomplete) return true;
    client.request = {};
    const bool wants_page = request == HttpRequest::metrics || request == HttpRequest::head;
    const auto begun = Clock::now();
    client.reply = http_reply(request, kMetricsPageType, wants_page ? page_() : "");
    const auto end = Clock::now();
    if (wants_page) rest_until_ = end + std::min(kRest * (end - begun), kLongestRest);
    return true;
  }

  const ScrapeServer::Page& page_;
  int wake_;
  std::string address_, told_;
  Descriptor listener_;
  Clock::time_point next_try_{}, rest_until_{};
  std::vector<ScrapeClient> clients_;  // oldest first
};

void tell_no_thread(const char* why) noexcept {
  try {
    write_log(LogLine(LogLevel::error, "metrics_trouble").add("why", why));
  } catch (...) {
  }
}

}  // namespace

ScrapeServer::ScrapeServer(Page page) noexcept
    : page_(std::move(page)), wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (!wake_) {
    tell_no_thread("no descriptor for its thread");
    return;
  }
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &before);
  try {
    thread_ = std::thread([this] { run(); });
  } catch (const std::exception& error) {
    tell_no_thread(error.what());
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

ScrapeServer::~ScrapeServer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = write(wake_.get(), &one, sizeof one);
  if (thread_.joinable()) thread_.join();
}

void ScrapeServer::listen_at(const std::string& address) {
  {
    const std::lock_guard lock(mutex_);
    if (wanted_ == address) return;
    wanted_ = address;
  }
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = write(wake_.get(), &one, sizeof one);
}

void ScrapeServer::run() noexcept {
  ScrapeLoop loop(page_, wake_.get());
  while (true) {
    try {
      {
        const std::lock_guard lock(mutex_);
        if (stopping_) return;
        loop.move_to(wanted_);
      }
      loop.turn();
    } catch (const std::exception& error) {
      // Out of memory, most likely: who waits for a page has its own time.
      tell_no_thread(error.what());
      std::this_thread::sleep_for(kTryAgain);
    }
  }
}

}  // namespace ccgate
