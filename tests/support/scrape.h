// tests/support/scrape.h: an HTTP client for pages on loopback.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "milter/system/descriptor.h"

namespace ccgate::test {

/// A port on 127.0.0.1 that nobody had a moment ago.
[[nodiscard]] std::uint16_t free_tcp_port();
/// Connected; none when nobody listens.
[[nodiscard]] Descriptor connect_to(std::uint16_t port);
/// All that comes back for `octets`, until the other side ends or `patience` is over. Empty when nobody
/// listens.
[[nodiscard]] std::string exchange(std::uint16_t port, const std::string& octets,
                                   std::chrono::milliseconds patience = std::chrono::seconds(10));
/// The body of `GET /metrics`; empty when there is none.
[[nodiscard]] std::string scrape(std::uint16_t port);
/// The same, again until there is one; throws std::runtime_error when there is none for long.
[[nodiscard]] std::string wait_for_page(std::uint16_t port);

}  // namespace ccgate::test
