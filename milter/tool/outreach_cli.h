// milter/tool/outreach_cli.h: the command line of `ccgate outreach`.
#pragma once

namespace CLI {
class App;
}

namespace ccgate {

/// `status` gets the exit status when one of them has run.
void add_outreach_commands(CLI::App& app, int& status);

}  // namespace ccgate
