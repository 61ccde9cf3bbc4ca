// milter/tool/report_cli.h: the command line of `ccgate report`.
#pragma once

namespace CLI {
class App;
}

namespace ccgate {

/// `status` gets the exit status when it has run.
void add_report_command(CLI::App& app, int& status);

}  // namespace ccgate
