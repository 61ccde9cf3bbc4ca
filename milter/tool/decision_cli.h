// milter/tool/decision_cli.h: `ccgate check`, `test` and `explain`.
#pragma once

namespace CLI {
class App;
}

namespace ccgate {

/// `check`, `test`, `explain`. `status` gets the exit status when one of them has run.
void add_decision_commands(CLI::App& app, int& status);

}  // namespace ccgate
