#include "tests/support/order_server.h"

#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

namespace ccgate {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

}  // namespace

void order_server(const std::string& what) {
  const std::string line = what + "\n";
  char octet = 0;
  if (write(std::stoi(environment("CCGATE_TEST_CONTROL")), line.data(), line.size()) !=
          static_cast<ssize_t>(line.size()) ||
      read(std::stoi(environment("CCGATE_TEST_DONE")), &octet, 1) != 1)
    throw std::runtime_error("the server does not " + what);
}

std::string server_url() {
  return environment("CCGATE_TEST_POSTGRESQL");
}

}  // namespace ccgate
