// milter/tool/daemon_options_cli.h: the command line of ccgate-milter.
#pragma once

#include <variant>

#include "milter/daemon/daemon_options.h"

namespace ccgate {

/// What the daemon is to do, or, where that is told or done already, the exit status: of wrong usage, which
/// is told on standard error, of `--help`, `--version` and `--completion`, which print what they are asked
/// for.
[[nodiscard]] std::variant<DaemonOptions, int> read_daemon_options(int argc, const char* const* argv);

}  // namespace ccgate
