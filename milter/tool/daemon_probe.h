// milter/tool/daemon_probe.h: whether the daemon answers.
#pragma once

#include <string>
#include <vector>

namespace ccgate {

struct DaemonAnswer {
  std::string socket;  ///< as ccgate.yaml names it
  bool answers = false;
  std::string why = {};  ///< in the system's words, where it does not
};
/// Each of `listen` that can be connected to: as an MTA does, options are negotiated, and nothing else.
/// Within two seconds each. What a service manager handed over (`fd:N`) is left out.
[[nodiscard]] std::vector<DaemonAnswer> probe_daemon(const std::vector<std::string>& listen);

}  // namespace ccgate
