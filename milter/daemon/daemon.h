// milter/daemon/daemon.h: the life of the daemon process: sockets, signals, reload, graceful stop.
#pragma once

#include "milter/daemon/daemon_options.h"

namespace ccgate {

/// Loads, serves until SIGTERM or SIGINT, and ends the process; other tasks return the exit status: 0 stopped
/// as asked, 1 the configuration is bad (every error told, nothing started), 3 the environment is (a socket
/// that cannot be bound).
///
/// SIGHUP and SIGUSR1 reload every file; the old set stays in force when the new one has any error. The file
/// with the contacts is looked at once a second, and taken when it was written anew. With several `listen`
/// addresses one process serves each, under a parent that passes signals on, and each looks for itself.
[[nodiscard]] int run_daemon(const DaemonOptions& options);

}  // namespace ccgate
