#include "tests/support/scrape.h"

#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <stdexcept>
#include <thread>

#include "milter/system/socket_address.h"

namespace ccgate::test {
namespace {

using ScrapeClock = std::chrono::steady_clock;

}  // namespace

std::uint16_t free_tcp_port() {
  const Descriptor probe(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const auto address = inet_address("127.0.0.1").value();
  if (bind(probe.get(), address.get(), address.size) != 0) throw std::runtime_error("no free port");
  return bound_address(probe.get()).value().port();
}

Descriptor connect_to(std::uint16_t port) {
  Descriptor client(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const auto address = inet_endpoint("127.0.0.1:" + std::to_string(port)).value();
  if (connect(client.get(), address.get(), address.size) != 0) return {};
  return client;
}

std::string exchange(std::uint16_t port, const std::string& octets, std::chrono::milliseconds patience) {
  const Descriptor client = connect_to(port);
  if (!client || send(client.get(), octets.data(), octets.size(), MSG_NOSIGNAL) < 0) return "";
  const auto end = ScrapeClock::now() + patience;
  std::string got;
  std::array<char, 4096> buffer{};
  while (true) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - ScrapeClock::now());
    pollfd readable{client.get(), POLLIN, 0};
    if (left.count() <= 0 || poll(&readable, 1, static_cast<int>(left.count())) <= 0) return got;
    const ssize_t size = recv(client.get(), buffer.data(), buffer.size(), 0);
    if (size <= 0) return got;
    got.append(buffer.data(), static_cast<std::size_t>(size));
  }
}

std::string scrape(std::uint16_t port) {
  const std::string reply = exchange(port, "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const std::size_t end = reply.find("\r\n\r\n");
  if (!reply.starts_with("HTTP/1.1 200 OK\r\n") || end == std::string::npos) return "";
  return reply.substr(end + 4);
}

std::string wait_for_page(std::uint16_t port) {
  const auto end = ScrapeClock::now() + std::chrono::seconds(30);
  while (true) {
    if (std::string page = scrape(port); !page.empty()) return page;
    if (ScrapeClock::now() > end) throw std::runtime_error("no page at port " + std::to_string(port));
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

}  // namespace ccgate::test
