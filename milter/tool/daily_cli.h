// milter/tool/daily_cli.h: the command line of `ccgate daily`.
#pragma once

namespace CLI {
class App;
}

namespace ccgate {

/// Adds the subcommand; it puts its exit status into `status`.
void add_daily_command(CLI::App& app, int& status);

}  // namespace ccgate
