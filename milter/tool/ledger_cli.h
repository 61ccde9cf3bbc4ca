// milter/tool/ledger_cli.h: the command line of `ccgate log` and `ccgate show`.
#pragma once

namespace CLI {
class App;
}

namespace ccgate {

/// `status` gets the exit status when one of them has run.
void add_ledger_commands(CLI::App& app, int& status);

}  // namespace ccgate
