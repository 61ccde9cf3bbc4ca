// milter/system/socket_io.h: a TCP connection with a bound on every step.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "milter/system/descriptor.h"
#include "milter/system/socket_address.h"

namespace ccgate {

/// Connected, non-blocking, closed at the end.
class Connection {
 public:
  using Clock = std::chrono::steady_clock;

  /// To the first address of `host` (a name or an IP address) that answers, each within `each`, all within
  /// `deadline`. The error says why, in words for the log. A name is looked up by a thread of its own, which
  /// is left behind when it takes longer.
  static std::variant<Connection, std::string> open(const std::string& host, std::uint16_t port,
                                                    std::chrono::milliseconds each,
                                                    Clock::time_point deadline, const std::stop_token& stop);

  explicit Connection(Descriptor socket) noexcept : socket_(std::move(socket)) {}

  /// Sends all of it; otherwise says why not.
  [[nodiscard]] std::string send_all(std::string_view octets, Clock::time_point deadline,
                                     const std::stop_token& stop);
  /// Where it begins on this machine.
  [[nodiscard]] std::optional<SocketAddress> own_end() const noexcept { return bound_address(socket_.get()); }
  /// Some octets, at most 4096; nullopt: `why` says so.
  [[nodiscard]] std::optional<std::string> receive(Clock::time_point deadline, const std::stop_token& stop,
                                                   std::string& why);

 private:
  Descriptor socket_;
};

}  // namespace ccgate
