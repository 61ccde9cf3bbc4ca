// milter/tool/waiting_cli.h: the command line of `ccgate ask` and `ccgate held`.
#pragma once

namespace CLI {
class App;
}  // namespace CLI

namespace ccgate {

/// `status` gets the exit status when one of them has run.
void add_waiting_commands(CLI::App& app, int& status);

}  // namespace ccgate
