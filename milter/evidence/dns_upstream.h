// milter/evidence/dns_upstream.h: one DNS server, asked by a library. Which server is asked when, and again,
// is the business of dns_attempts.cc.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "milter/evidence/dns.h"

namespace ccgate {

/// For one thread, but for the making. It gives up no question by itself within twice the timeout that it was
/// made with. After that it may hold the server's silence against it: once a question had no answer in time,
/// another one is to be made for the next.
class DnsUpstream {
 public:
  using Ticket = std::uint64_t;
  using Answered = std::function<void(Ticket, DnsAnswer)>;

  virtual ~DnsUpstream() = default;
  /// Readable when `process` has something to do.
  [[nodiscard]] virtual int fd() const noexcept = 0;
  /// Calls back for every answer that is there. This object has to live until it returns.
  virtual void process() noexcept = 0;
  /// Puts a question in flight. `answered` is called once, from `process`, if it is not given up before; what
  /// it throws is lost. `name` as askable_name() gives it. Throws std::runtime_error.
  virtual Ticket ask(const std::string& name, RrType type, Answered answered) = 0;
  /// No call for it any more.
  virtual void give_up(Ticket ticket) noexcept = 0;
};

}  // namespace ccgate
