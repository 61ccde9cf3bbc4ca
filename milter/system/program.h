// milter/system/program.h: another program run to its end, without a shell and within bounds.
#pragma once

#include <chrono>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace ccgate {

struct ProgramLimits {
  std::chrono::milliseconds time{60'000};  ///< then its process group gets SIGTERM
  std::chrono::milliseconds grace{3'000};  ///< and after that SIGKILL
  std::size_t output = 2000;               ///< octets kept of what it writes; the rest is read and dropped
};

struct ProgramResult {
  enum class End {
    exited,
    killed,     ///< by a signal, not by us
    timed_out,  ///< ended by us
    stopped,    ///< ended by us because a stop was asked for
    not_started,
  };
  End end = End::not_started;
  int status = 0;      ///< exit status, or the signal
  std::string output;  ///< the beginning of standard output and standard error
  std::string why;     ///< not started: in the system's words
};

/// Runs `argv` (argv[0] is a path) with `input` as standard input, in a process group of its own, with no
/// other descriptor of ours, no blocked signal, and an environment of PATH and LANG alone. Blocks until it
/// ended: at most `time` and `grace`, or `grace` after a stop. A child of it that outlives it is left alone.
/// Thread-safe.
[[nodiscard]] ProgramResult run_program(const std::vector<std::string>& argv, std::string_view input,
                                        const ProgramLimits& limits, std::stop_token stop);

/// run_program, or what keeps its promises in its place.
using RunProgram = std::function<ProgramResult(const std::vector<std::string>&, std::string_view,
                                               const ProgramLimits&, std::stop_token)>;

}  // namespace ccgate
