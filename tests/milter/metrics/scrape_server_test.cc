#include "milter/metrics/scrape_server.h"

#include <sys/socket.h>

#include <atomic>
#include <new>
#include <vector>

#include "tests/support/catch.h"
#include "tests/support/loopback.h"
#include "tests/support/scrape.h"

namespace ccgate {
namespace {

std::string at_port(std::uint16_t port) {
  return "127.0.0.1:" + std::to_string(port);
}

std::string small_page() {
  return "a 1\n";
}

}  // namespace

TEST_CASE("the page is at its address, and at the next one after a move") {
  ScrapeServer server(small_page);
  const std::uint16_t first = test::free_tcp_port();
  server.listen_at(at_port(first));
  CHECK(test::wait_for_page(first) == "a 1\n");
  CHECK_THAT(test::exchange(first, "GET / HTTP/1.1\r\n\r\n"), contains("HTTP/1.1 404 "));
  const std::uint16_t second = test::free_tcp_port();
  server.listen_at(at_port(second));
  CHECK(test::wait_for_page(second) == "a 1\n");
  CHECK(test::scrape(first).empty());
  server.listen_at("");
  server.listen_at(at_port(first));
  CHECK(test::wait_for_page(first) == "a 1\n");
  CHECK(test::scrape(second).empty());
}

TEST_CASE("a port that another has is tried again") {
  ScrapeServer server(small_page);
  std::uint16_t port = 0;
  {
    const test::Loopback other(1);
    port = other.port();
    server.listen_at(at_port(port));
    server.listen_at(at_port(port));
  }
  CHECK(test::wait_for_page(port) == "a 1\n");
}

TEST_CASE("clients that hang, or ask without an end, keep nobody out") {
  ScrapeServer server(small_page);
  const std::uint16_t port = test::free_tcp_port();
  server.listen_at(at_port(port));
  REQUIRE(test::wait_for_page(port) == "a 1\n");
  std::vector<Descriptor> hanging;
  for (int i = 0; i < 100; ++i) {
    hanging.push_back(test::connect_to(port));
    REQUIRE(hanging.back());
    if (i % 2 == 0) send(hanging.back().get(), "GET /me", 7, MSG_NOSIGNAL);
  }
  CHECK(test::wait_for_page(port) == "a 1\n");
  CHECK_THAT(test::exchange(port, std::string(20'000, 'x')), contains("HTTP/1.1 431 "));
  CHECK(test::wait_for_page(port) == "a 1\n");
}

TEST_CASE("a reader who stops in the middle of a page holds nobody up") {
  const std::string large(4 * 1024 * 1024, 'x');
  ScrapeServer server([&] { return large; });
  const std::uint16_t port = test::free_tcp_port();
  server.listen_at(at_port(port));
  REQUIRE(test::wait_for_page(port).size() == large.size());
  const Descriptor slow = test::connect_to(port);
  REQUIRE(send(slow.get(), "GET /metrics HTTP/1.1\r\n\r\n", 25, MSG_NOSIGNAL) == 25);
  CHECK(test::wait_for_page(port).size() == large.size());
}

TEST_CASE("a page that cannot be made ends nothing") {
  std::atomic<int> made{0};
  ScrapeServer server([&made]() -> std::string {
    if (made++ == 0) throw std::bad_alloc();
    return "a 1\n";
  });
  const std::uint16_t port = test::free_tcp_port();
  server.listen_at(at_port(port));
  CHECK(test::wait_for_page(port) == "a 1\n");
  CHECK(made >= 2);
}

}  // namespace ccgate
