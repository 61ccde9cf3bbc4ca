#include "milter/system/socket_address.h"

#include "tests/support/catch.h"

namespace ccgate {

TEST_CASE("an address with a port") {
  const auto four = inet_endpoint("127.0.0.1:9154");
  REQUIRE(four);
  CHECK(four->family() == AF_INET);
  CHECK(four->port() == 9154);
  CHECK(four->is_on_this_machine());
  const auto six = inet_endpoint("[::1]:65535");
  REQUIRE(six);
  CHECK(six->family() == AF_INET6);
  CHECK(six->port() == 65535);
  CHECK(six->is_on_this_machine());
  for (const char* remote : {"192.0.2.1:9154", "0.0.0.0:1", "[::]:1", "[2001:db8::1]:9154"}) {
    const auto address = inet_endpoint(remote);
    REQUIRE(address);
    CHECK_FALSE(address->is_on_this_machine());
  }
}

TEST_CASE("what is no address with a port") {
  for (const char* text : {"",
                           ":",
                           "9154",
                           ":9154",
                           "127.0.0.1",
                           "127.0.0.1:",
                           "127.0.0.1:0",
                           "127.0.0.1:00",
                           "127.0.0.1:09154",
                           "127.0.0.1:65536",
                           "127.0.0.1:-1",
                           "127.0.0.1:+1",
                           "127.0.0.1: 1",
                           "127.0.0.1:1 ",
                           "127.0.0.1:1x",
                           "localhost:9154",
                           "::1:9154",
                           "[127.0.0.1]:9154",
                           "[::1]",
                           "[::1:9154",
                           "::1]:9154",
                           "[]:9154",
                           "127.1:9154"}) {
    INFO(text);
    CHECK_FALSE(inet_endpoint(text));
  }
}

}  // namespace ccgate
