// Which servers resolv.conf names.
#include "milter/evidence/resolv_conf.h"

#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <string>

#include "tests/support/catch.h"

using namespace ccgate;

namespace {

using Servers = std::vector<std::string>;

Servers servers_of(const std::string& text) {
  ResolverOptions options;
  options.resolv_conf = "/tmp/ccgate-resolv-conf-" + std::to_string(getpid());
  std::ofstream(options.resolv_conf) << text;
  Servers servers = name_servers(options);
  std::remove(options.resolv_conf.c_str());
  return servers;
}

}  // namespace

TEST_CASE("the servers of resolv.conf in its order") {
  struct Row {
    const char* text;
    Servers want;
  };
  const auto row = GENERATE(values<Row>({
      {"nameserver 192.0.2.1\n", {"192.0.2.1"}},
      {"nameserver 192.0.2.1", {"192.0.2.1"}},
      {"# nameserver 192.0.2.9\n;nameserver 192.0.2.9\nsearch example\noptions edns0 trust-ad\n"
       "nameserver\t192.0.2.2  # by DHCP\r\n nameserver 2001:db8::1\nnameserver 192.0.2.2\n",
       {"192.0.2.2", "2001:db8::1"}},
      {"nameserver fe80::1%lo\n", {"fe80::1%lo"}},
      {"nameserver dns.example\nnameserver\nnameservers 192.0.2.1\n", {"127.0.0.1"}},
      {"", {"127.0.0.1"}},
  }));
  INFO(row.text);
  CHECK(servers_of(row.text) == row.want);
}

TEST_CASE("servers of the configuration come before those of resolv.conf") {
  ResolverOptions options;
  options.servers = {"192.0.2.1@5353"};
  options.resolv_conf = "/nonexistent/resolv.conf";
  CHECK(name_servers(options) == options.servers);
  options.servers.clear();
  CHECK_THROWS_WITH(name_servers(options), "cannot read /nonexistent/resolv.conf: No such file or directory");
}
