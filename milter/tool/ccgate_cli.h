// milter/tool/ccgate_cli.h: the operator's command line, with all of its subcommands.
#pragma once

namespace ccgate {

/// Does what the arguments say, and gives the exit status: 0 done, 1 what was looked at is bad, 2 wrong
/// usage, 3 a broken environment. Tells what went wrong on standard error; never throws.
[[nodiscard]] int run_ccgate(int argc, const char* const* argv);

}  // namespace ccgate
