// milter/daemon/serve.h: one process that serves one socket: from its threads to its graceful stop.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "milter/daemon/confinement.h"
#include "milter/daemon/daemon_options.h"
#include "milter/daemon/listener.h"
#include "milter/metrics/scrape_server.h"
#include "milter/site/ruleset.h"

namespace ccgate {

/// Hears `READY=1`, `RELOADING=1` and `STOPPING=1` (sd_notify(3)).
using Notify = std::function<void(std::string_view)>;

/// Serves `listener` until a stop is asked for, and ends the process: 0 stopped as asked, 3 it could not
/// serve, or can no longer. Never returns, and runs no destructors: threads of the library may still hold
/// what they would destroy. Signals are caught already (signals.h). Throws std::runtime_error before it
/// serves. The system calls of the process are limited before the first thread begins.
///
/// `make_page` makes the page of metrics, served where each configuration in force wants it; empty: another
/// process serves it.
[[noreturn]] void serve(const DaemonOptions& options, std::shared_ptr<const Ruleset> rules,
                        Listener& listener, Confinement& confinement, const Notify& notify,
                        const ScrapeServer::Page& make_page);

}  // namespace ccgate
