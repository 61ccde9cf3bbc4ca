// milter/session/mta.h: SMTP events in, edits and replies out. Its one implementation speaks the milter
// protocol.
#pragma once

#include <string>

#include "milter/session/session.h"

namespace ccgate {

/// What the MTA side needs of the process. Lives as long as it runs.
struct MtaOptions {
  const Services& services;
  CurrentRules current;
};

/// Registers the callbacks and takes over `listening_fd`, a listening stream socket. Once per
/// process. Throws std::runtime_error.
void prepare_mta(const MtaOptions& options, int listening_fd);

/// Serves until `stop_mta`; call it in a thread of its own with all signals blocked. False when it could not
/// serve.
[[nodiscard]] bool run_mta();

/// Asks `run_mta` to return; may take some seconds until the listener notices, unless a connection comes in.
void stop_mta();

/// How many messages are being worked on at this moment: what a graceful stop waits for.
[[nodiscard]] int mta_messages_at_work() noexcept;

}  // namespace ccgate
