// milter/daemon/daemon_options.h: what the command line tells the daemon.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace ccgate {

struct DaemonOptions {
  std::string config_file = "/etc/ccgate/ccgate.yaml";
  std::optional<std::int64_t> now;  ///< a clock that stands still, for tests
  enum class Task {
    serve,
    check,      ///< whether it could serve, as the account that asks
    has_lists,  ///< whether there is anything to serve
  } task = Task::serve;
};

}  // namespace ccgate
