// milter/daemon/serve.h: one process that serves one socket: from its threads to its graceful stop.
#pragma once

#include <memory>

#include "milter/daemon/daemon_options.h"
#include "milter/daemon/listener.h"
#include "milter/site/ruleset.h"

namespace ccgate {

/// Serves `listener` until a stop is asked for, and ends the process: 0 stopped as asked, 3 it could not
/// serve, or can no longer. Never returns, and runs no destructors: threads of the library may still hold
/// what they would destroy. Signals are caught already (signals.h). Throws std::runtime_error before it
/// serves.
[[noreturn]] void serve(const DaemonOptions& options, std::shared_ptr<const Ruleset> rules,
                        Listener& listener);

}  // namespace ccgate
