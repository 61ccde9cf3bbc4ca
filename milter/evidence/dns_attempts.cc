// milter/evidence/dns_attempts.cc: when which server is asked. A question goes to one server, after a while
// to the next, or to the same one again, at once where one says that it cannot answer; all attempts stay open
// until the question's timeout, and the first answer counts. Each attempt has a line of its own, so that a
// server or a name that is silent delays nobody who does not need it. One thread asks and collects.
#include "milter/evidence/dns_attempts.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <stdexcept>
#include <thread>
#include <utility>

#include "milter/evidence/dns_flight.h"
#include "milter/evidence/dns_unbound.h"
#include "milter/evidence/resolv_conf.h"
#include "milter/metrics/metrics.h"
#include "milter/system/descriptor.h"

namespace ccgate {
namespace {

using Clock = DnsFlight::Clock;
using FlightPtr = std::shared_ptr<DnsFlight>;

/// A single server is asked as often: datagrams get lost.
constexpr std::size_t kFewestAttempts = 4;
/// Open attempts, each with a socket of its own; the mail server's connections need theirs too.
constexpr std::size_t kMostOpen = 3000;

std::size_t most_open() {
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) return kMostOpen;
  return std::min<std::size_t>(kMostOpen, files.rlim_cur / 2);
}

/// The asking thread. After `stop` all questions are finished.
class Asker {
 public:
  Asker(std::vector<std::string> servers, const ResolverOptions& options)
      : servers_(std::move(servers)),
        attempts_(std::max(kFewestAttempts, servers_.size())),
        timeout_(options.timeout),
        step_(options.timeout / static_cast<int>(attempts_ + 1)),
        trust_anchor_(options.trust_anchor),
        current_((attempts_ + servers_.size() - 1) / servers_.size() * servers_.size(), nullptr) {
    for (std::size_t server = 0; server < servers_.size(); ++server) (void)line(server);
    if (!wakeup_) throw std::runtime_error("no event descriptor for the resolver");
    thread_ = std::thread([this] { run(); });
  }
  ~Asker() {
    stopping_ = true;
    wake();
    thread_.join();
    lines_.clear();  // before those who wait are told: nothing is asked in their name any more
    const auto stop = [](const FlightPtr& flight) {
      flight->finish(dns_temperror("the resolver has stopped"));
    };
    for (const auto& [when, flight] : timers_) stop(flight);
    std::for_each(inbox_.begin(), inbox_.end(), stop);
  }
  Asker(const Asker&) = delete;
  Asker& operator=(const Asker&) = delete;

  void begin(FlightPtr flight) {
    bool first = false;
    {
      const std::lock_guard lock(mutex_);
      first = inbox_.empty();
      inbox_.push_back(std::move(flight));
    }
    if (first) wake();
  }

 private:
  void wake() const {
    const std::uint64_t one = 1;
    (void)!write(wakeup_.get(), &one, sizeof one);
  }

  void run() noexcept {
    while (!stopping_) {
      try {
        wait_for_news();
        for (FlightPtr& flight : take_inbox()) {
          flight->first = first_server_;
          flight->failed.resize(servers_.size());
          flight->open.reserve(attempts_);
          serve(flight, Clock::now());
        }
        const auto now = Clock::now();
        while (!timers_.empty() && timers_.begin()->first <= now) {
          const FlightPtr flight = timers_.begin()->second;
          forget_timer(*flight);
          serve(flight, now);
        }
        remove_stale_lines();
      } catch (...) {
        continue;  // out of memory: those who wait have their own timeout
      }
    }
  }

  void wait_for_news() {
    std::vector<pollfd> watched{{wakeup_.get(), POLLIN, 0}};
    std::vector<DnsLine*> lines;
    for (const auto& each : lines_) {
      watched.push_back({each->upstream->fd(), POLLIN, 0});
      lines.push_back(each.get());  // answers may bring more lines, and take none away
    }
    int left_ms = -1;
    if (!timers_.empty()) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(timers_.begin()->first - Clock::now());
      left_ms = static_cast<int>(std::max<std::int64_t>(left.count(), 0));
    }
    if (poll(watched.data(), watched.size(), left_ms) <= 0) return;
    if (watched[0].revents != 0) {
      std::uint64_t drained = 0;
      (void)!read(wakeup_.get(), &drained, sizeof drained);
    }
    for (std::size_t i = 0; i < lines.size(); ++i)
      if (watched[i + 1].revents != 0) lines[i]->upstream->process();
  }

  std::vector<FlightPtr> take_inbox() {
    std::vector<FlightPtr> taken;
    const std::lock_guard lock(mutex_);
    taken.swap(inbox_);
    return taken;
  }

  /// What is due for `flight`, which has no timer now.
  void serve(const FlightPtr& flight, Clock::time_point now) {
    if (now >= flight->expires) return expire(*flight);
    const auto wanted = [&] { return flight->wanted && !flight->finished(); };
    if (wanted()) attempt(flight);
    const bool more = wanted() && flight->attempts < attempts_;
    if (flight->open.empty() && flight->finished()) return;
    set_timer(flight, more ? std::min(now + step_, flight->expires) : flight->expires);
  }

  void expire(DnsFlight& flight) {
    for (const DnsFlight::Attempt& each : flight.open) {
      each.line->upstream->give_up(each.ticket);
      each.line->stale = true;
      --each.line->open;
      --open_;
    }
    flight.open.clear();
    flight.finish(flight.failure.why.empty() ? dns_temperror("no answer in time") : flight.failure);
  }

  /// The next attempt, if there is one.
  void attempt(const FlightPtr& flight) {
    while (flight->attempts < attempts_) {
      const std::size_t number = flight->attempts++;
      const std::size_t server = (flight->first + number) % servers_.size();
      if (flight->failed[server]) continue;
      // Second attempts are for quieter times.
      if (open_ >= (number == 0 ? most_open_ : most_open_ / 2)) {
        if (number == 0) flight->finish(dns_temperror("too many questions in flight"));
        return;
      }
      try {
        DnsLine& on = line(server + number / servers_.size() * servers_.size());
        const auto ticket = on.upstream->ask(
            flight->name, flight->type, [this, flight, &on](DnsUpstream::Ticket which, DnsAnswer answer) {
              landed(flight, on, which, std::move(answer));
            });
        flight->open.push_back({&on, ticket, server});
        ++on.open;
        ++open_;
        return;
      } catch (const std::runtime_error& error) {
        flight->failed[server] = true;
        flight->failure = dns_temperror(error.what());
      }
    }
    if (flight->open.empty() && !flight->failure.why.empty()) flight->finish(flight->failure);
  }

  void landed(const FlightPtr& flight, DnsLine& on, DnsUpstream::Ticket ticket, DnsAnswer answer) {
    --on.open;
    --open_;
    const auto found = std::find_if(
        flight->open.begin(), flight->open.end(),
        [&](const DnsFlight::Attempt& each) { return each.line == &on && each.ticket == ticket; });
    const std::size_t server = found->server;
    flight->open.erase(found);
    if (answer.status != DnsAnswer::Status::temperror) {
      const bool first_is_silent =
          std::any_of(flight->open.begin(), flight->open.end(),
                      [&](const DnsFlight::Attempt& each) { return each.server == flight->first; });
      if (server != flight->first && first_is_silent) first_server_ = server;
      flight->finish(std::move(answer));
    } else if (!flight->finished()) {
      flight->failed[server] = true;
      flight->failure = std::move(answer);
      attempt(flight);
    }
    if (flight->open.empty() && flight->finished()) forget_timer(*flight);
  }

  void set_timer(const FlightPtr& flight, Clock::time_point when) {
    flight->timer = timers_.emplace(when, flight);
  }
  void forget_timer(DnsFlight& flight) {
    if (!flight.timer) return;
    const auto timer = *std::exchange(flight.timer, std::nullopt);
    timers_.erase(timer);
  }

  /// The line in place `number`: server after server, then all of them again. Throws std::runtime_error.
  DnsLine& line(std::size_t number) {
    DnsLine*& now = current_[number];
    if (now && !now->stale) return *now;
    try {
      auto next = std::make_unique<DnsLine>();
      next->upstream = make_unbound_upstream(servers_[number % servers_.size()], timeout_, trust_anchor_);
      lines_.push_back(std::move(next));
      now = lines_.back().get();
    } catch (const std::runtime_error&) {
      if (!now) throw;  // else: one that may be slow is better than none
    }
    return *now;
  }

  void remove_stale_lines() {
    std::erase_if(lines_, [this](const std::unique_ptr<DnsLine>& each) {
      if (!each->stale || each->open > 0) return false;
      std::replace(current_.begin(), current_.end(), each.get(), static_cast<DnsLine*>(nullptr));
      return true;
    });
  }

  const std::vector<std::string> servers_;
  const std::size_t attempts_;
  const std::chrono::milliseconds timeout_;
  const std::chrono::milliseconds step_;  ///< between two attempts
  const std::string trust_anchor_;
  const std::size_t most_open_ = most_open();

  Descriptor wakeup_{eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
  std::atomic<bool> stopping_{false};
  std::mutex mutex_;  ///< of inbox_
  std::vector<FlightPtr> inbox_;

  // The thread's.
  std::vector<std::unique_ptr<DnsLine>> lines_;
  std::vector<DnsLine*> current_;  ///< see line()
  DnsFlight::Timers timers_;       ///< of all unfinished questions, and of those with open attempts
  std::size_t open_ = 0;
  std::size_t first_server_ = 0;  ///< moves to one that answers when this one is silent
  std::thread thread_;
};

class WaitingQuestion : public DnsQuestion {
 public:
  explicit WaitingQuestion(FlightPtr flight) : flight_(std::move(flight)) {}
  ~WaitingQuestion() override { flight_->wanted = false; }
  WaitingQuestion(const WaitingQuestion&) = delete;
  WaitingQuestion& operator=(const WaitingQuestion&) = delete;

  std::shared_ptr<const DnsAnswer> wait(Clock::time_point deadline) override {
    return DnsFlight::wait(flight_, deadline);
  }

 private:
  FlightPtr flight_;
};

class AttemptingResolver : public Resolver {
 public:
  AttemptingResolver(std::vector<std::string> servers, const ResolverOptions& options)
      : timeout_(options.timeout), asker_(std::move(servers), options) {}

  std::shared_ptr<DnsQuestion> ask(std::string_view name, RrType type) override {
    auto owner = askable_name(name);
    if (!owner) {
      DnsAnswer none;
      none.status = DnsAnswer::Status::nxdomain;
      return answered_question(std::move(none));
    }
    metrics().dns_questions.add();
    auto flight = std::make_shared<DnsFlight>(std::move(*owner), type, Clock::now() + timeout_);
    asker_.begin(flight);
    return std::make_shared<WaitingQuestion>(std::move(flight));
  }

 private:
  const std::chrono::milliseconds timeout_;
  Asker asker_;
};

}  // namespace

std::unique_ptr<Resolver> make_unbound_resolver(const ResolverOptions& options) {
  std::vector<std::string> servers = name_servers(options);
  return std::make_unique<AttemptingResolver>(std::move(servers), options);
}

}  // namespace ccgate
