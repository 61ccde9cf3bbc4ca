#include "milter/system/host_name.h"

#include "tests/support/catch.h"

using namespace ccgate;

TEST_CASE("a name that tells a machine from others has several labels") {
  for (const char* full :
       {"mail.example.org", "MX.Example", "a.b.c.example", "mx1.xn--90a3ac", "host.local"}) {
    INFO(full);
    CHECK(is_full_host_name(full));
  }
  for (const char* none :
       {"", "mail", "localhost", "localhost.localdomain", "mail.localdomain", "mail.localhost", "192.0.2.1",
        "mail.example.org.", ".example.org", "mail..example", "a b.example", "mail_1.example",
        "mail.example\r\nX", "-a.example", "[192.0.2.1]"}) {
    INFO(none);
    CHECK_FALSE(is_full_host_name(none));
  }
}

TEST_CASE("an address is written as SMTP writes it") {
  CHECK(address_literal(*inet_address("192.0.2.1")) == "[192.0.2.1]");
  CHECK(address_literal(*inet_address("2001:db8::1")) == "[IPv6:2001:db8::1]");
  CHECK(address_literal(*inet_address("::ffff:192.0.2.1")) == "[192.0.2.1]");
  CHECK(address_literal(*unix_address("/run/x")).empty());
  for (const char* literal : {"[192.0.2.1]", "[IPv6:2001:db8::1]"}) CHECK(is_address_literal(literal));
  for (const char* none :
       {"", "[]", "192.0.2.1", "[192.0.2.1", "[192.0.2.01]", "[2001:db8::1]", "[IPv6:192.0.2.1]",
        "[ipv6:2001:db8::1]", "[IPv6:2001:DB8::1]", "[mail.example.org]", "[192.0.2.1]x"}) {
    INFO(none);
    CHECK_FALSE(is_address_literal(none));
  }
}

TEST_CASE("a server is greeted by what is configured, the machine's full name, or an address") {
  const auto here = inet_address("192.0.2.1");
  CHECK(greeting_name("gate.example", "mail.example.org", here) == "gate.example");
  CHECK(greeting_name("", "Mail.Example.ORG", here) == "mail.example.org");
  CHECK(greeting_name("", "mail", here) == "[192.0.2.1]");
  CHECK(greeting_name("", "", inet_address("::1")) == "[IPv6:::1]");
  CHECK(greeting_name("", "localhost", std::nullopt) == "[127.0.0.1]");
}
