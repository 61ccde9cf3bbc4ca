// milter/confine/forbidden_calls.h: whether this process may confine itself at all.
#pragma once

namespace ccgate {

/// Whether a filter that this process was started with kills whoever calls landlock(7) or seccomp(2), as a
/// service manager's does that knows neither. Tried by a process of its own: to be called while there is one
/// thread.
[[nodiscard]] bool confining_is_deadly();

}  // namespace ccgate
