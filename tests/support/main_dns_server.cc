// tests/support/main_dns_server.cc: the DNS server of the tests as a program. Reads zone lines (see
// DnsServer::add_line) from standard input, prints its port after the line `serve`, and serves until standard
// input ends. Lines may follow: the zone changes while it is served.
#include <iostream>
#include <string>

#include "tests/support/dns_server.h"

int main() {
  ccgate::DnsServer server;
  std::string line;
  while (std::getline(std::cin, line)) {
    if (line == "serve") {
      std::cout << server.port() << std::endl;
    } else if (!server.add_line(line)) {
      std::cerr << "cannot be read: " << line << '\n';
      return 2;
    }
  }
  return 0;
}
