// milter/tool/status_cli.h: the command line of `ccgate status`.
#pragma once

namespace CLI {
class App;
}  // namespace CLI

namespace ccgate {

/// `status` gets the exit status when it has run.
void add_status_command(CLI::App& app, int& status);

}  // namespace ccgate
