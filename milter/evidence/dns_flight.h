// milter/evidence/dns_flight.h: one question in flight, between those who wait for it and the thread that
// asks.
#pragma once

#include <atomic>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "milter/evidence/dns.h"
#include "milter/evidence/dns_upstream.h"

namespace ccgate {

/// A library's context for one server, and what is open there.
struct DnsLine {
  std::unique_ptr<DnsUpstream> upstream;
  std::size_t open = 0;
  bool stale = false;  ///< it did not answer once: no new question is asked here
};

struct DnsFlight {
  using Clock = std::chrono::steady_clock;

  DnsFlight(std::string asked, RrType of, Clock::time_point end)
      : name(std::move(asked)), type(of), expires(end) {}

  const std::string name;
  const RrType type;
  const Clock::time_point asked = Clock::now();
  const Clock::time_point expires;
  std::atomic<bool> wanted{true};  ///< somebody may still wait

  /// The first result counts, whoever brings it.
  void finish(DnsAnswer result);
  [[nodiscard]] bool finished();
  /// As DnsQuestion::wait.
  [[nodiscard]] static std::shared_ptr<const DnsAnswer> wait(const std::shared_ptr<DnsFlight>& flight,
                                                             Clock::time_point deadline);

  // What follows is the asking thread's.
  struct Attempt {
    DnsLine* line;
    DnsUpstream::Ticket ticket;
    std::size_t server;
  };
  using Timers = std::multimap<Clock::time_point, std::shared_ptr<DnsFlight>>;
  std::vector<Attempt> open;
  std::size_t first = 0;     ///< the server asked first
  std::size_t attempts = 0;  ///< made, or left out
  std::vector<bool> failed;  ///< by server: it said that it cannot answer
  DnsAnswer failure;         ///< the last of those
  std::optional<Timers::iterator> timer;

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool done_ = false;
  DnsAnswer answer_;  ///< const once done
};

/// An answer that is none, and why.
[[nodiscard]] DnsAnswer dns_temperror(std::string why);

}  // namespace ccgate
