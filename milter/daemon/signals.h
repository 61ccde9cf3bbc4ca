// milter/daemon/signals.h: what signals ask of the process, and how its main thread waits for them.
#pragma once

namespace ccgate {

/// SIGTERM and SIGINT ask for a stop, SIGHUP and SIGUSR1 for a reload. Call it before any thread is started.
void catch_signals();
/// In a process under a parent of ours: only the parent asks for a stop, by kStopChild. A service manager or
/// a terminal tells all processes at once, and the parent tells its children too; a stop that comes twice
/// would count as the second.
void catch_signals_of_parent();
extern const int kStopChild;

/// True once for each request that came since the last call; several at once are one.
[[nodiscard]] bool take_stop_request() noexcept;
[[nodiscard]] bool take_reload_request() noexcept;

/// Returns after `timeout_ms`, or sooner: when a signal came, or wake_main() was called.
void wait_for_wake(int timeout_ms) noexcept;
void wake_main() noexcept;  ///< any thread

}  // namespace ccgate
