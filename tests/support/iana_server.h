// tests/support/iana_server.h: tests/support/iana_server.py as a child process.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "milter/system/descriptor.h"

namespace ccgate {

/// Serves the recorded answers of tests/iana on loopback for as long as it lives.
class IanaServer {
 public:
  IanaServer();  ///< waits until it is ready; throws std::runtime_error
  ~IanaServer();
  IanaServer(const IanaServer&) = delete;
  IanaServer& operator=(const IanaServer&) = delete;

  /// JSON, as the Python file says: what is to go wrong from now on.
  void plan(const std::string& json) const;
  /// The lines of its log.
  [[nodiscard]] std::vector<std::string> requests() const;

  std::uint16_t https = 0;
  std::uint16_t whois = 0;
  std::string ca;
  std::string other_ca;

 private:
  void stop() noexcept;
  pid_t child_ = -1;
  Descriptor input_;  ///< closed, it stops
  std::string plan_, log_;
};

}  // namespace ccgate
