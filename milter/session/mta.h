// milter/session/mta.h: SMTP events in, edits and replies out. Its one implementation speaks the milter
// protocol.
#pragma once

#include <chrono>
#include <functional>

#include "milter/session/session.h"

namespace ccgate {

/// What the MTA side needs of the process. Lives as long as it runs.
struct MtaOptions {
  const Services& services;
  CurrentRules current;
  /// Connects to the listening socket and closes, without waiting: sees to it that somebody who waits for a
  /// thread of the library gets one. Called from any thread; throws nothing.
  std::function<void()> kick;
};

/// Registers the callbacks and takes over `listening_fd`, a listening stream socket. Once per
/// process. Throws std::runtime_error.
void prepare_mta(const MtaOptions& options, int listening_fd);

/// Serves for as long as the process lives; call it in a thread of its own with all signals blocked. Returns
/// when it could not, or cannot any longer.
void run_mta();

/// What is under way at this moment: what a graceful stop waits for.
struct MtaLoad {
  int sessions = 0;                    ///< that have agreed on the protocol
  int messages = 0;                    ///< from MAIL to the answer, or to the moment where we let go of it
  std::chrono::milliseconds quiet{0};  ///< since any of them said something
};
[[nodiscard]] MtaLoad mta_load() noexcept;

}  // namespace ccgate
