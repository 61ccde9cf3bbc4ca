// tests/support/loopback.h: a TCP listener on a port of the kernel's choice, and lines from its clients.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "milter/system/descriptor.h"

namespace ccgate::test {

/// Thread-safe but for its end.
class Loopback {
 public:
  explicit Loopback(int backlog);

  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
  /// The next client; none once it is stopped.
  [[nodiscard]] Descriptor accept() const;
  /// False when it is stopped, or after `milliseconds` (-1: never).
  [[nodiscard]] bool readable(int client, int milliseconds = -1) const;
  /// Whoever waits here waits no longer.
  void stop() noexcept;
  [[nodiscard]] bool stopped() const;

  /// What `client` sends up to `end`, without it; what came behind stays in `pending`. nullopt when it went,
  /// or all is stopped.
  [[nodiscard]] std::optional<std::string> read_until(int client, std::string& pending,
                                                      const std::string& end) const;
  static bool send_text(int client, const std::string& text);

 private:
  std::uint16_t port_ = 0;
  Descriptor listener_;
  Pipe stop_pipe_;
};

}  // namespace ccgate::test
