// milter/doctor/look_socket.h: whether the daemon answers, and whether it is what the files say.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "milter/doctor/look.h"
#include "milter/site/config.h"
#include "milter/site/daemon_status.h"
#include "milter/site/ruleset.h"

namespace ccgate {

/// The addresses where an MTA reaches the daemon: those of the configuration; what was handed over (fd:N) by
/// the daemon's own word, and not at all without that.
[[nodiscard]] std::vector<std::string> gate_sockets(const Config& config,
                                                    const std::vector<StatusFound>& statuses);

/// Agrees with each on the milter protocol. `mta_account`: who has to reach a unix socket, where that is no
/// root; empty: not known.
[[nodiscard]] LookResult look_at_sockets(const std::vector<std::string>& sockets,
                                         const std::string& mta_account, std::chrono::milliseconds each);

/// Holds what each daemon wrote of itself against this program and `rules`, which are of the files as they
/// are now; null: they cannot be loaded, and are not compared. Pure but for `is_alive`.
struct DaemonSeen {
  std::string folder;  ///< where they were looked for
  std::vector<StatusFound> statuses;
  bool (*is_alive)(std::int64_t pid);
};
[[nodiscard]] LookResult look_at_daemon(const DaemonSeen& seen, const std::string& config_file,
                                        const Ruleset* rules);

/// Whether there is such a process.
[[nodiscard]] bool process_is_alive(std::int64_t pid) noexcept;

}  // namespace ccgate
