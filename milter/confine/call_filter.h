// milter/confine/call_filter.h: which system calls this process may still make (seccomp(2)).
#pragma once

#include <string>

namespace ccgate {

enum class CallFilter {
  serving,      ///< what libmilter, DNS, the databases and the C library need
  supervising,  ///< and signals to other processes
};

/// For all threads, for good. The calls of a closed list work. No other program can be run, no process
/// started, none looked into, no account or right changed, no memory made executable that was written: EPERM.
/// A call that is not known here fails with ENOSYS, as on a kernel that lacks it: the C library then takes an
/// older one. Nothing is killed for it: a call that nobody has thought of must not cost a message. Empty when
/// it is in force; else why it is not. It needs no_new_privs.
[[nodiscard]] std::string filter_calls(CallFilter filter);

}  // namespace ccgate
