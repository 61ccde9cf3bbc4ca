// milter/tool/members_cli.h: the command line of `ccgate members`.
#pragma once

namespace CLI {
class App;
}

namespace ccgate {

/// `status` gets the exit status when one of them has run.
void add_members_commands(CLI::App& app, int& status);

}  // namespace ccgate
