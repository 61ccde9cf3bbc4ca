// milter/tool/contacts_cli.h: `ccgate contacts`.
#pragma once

namespace CLI {
class App;
}

namespace ccgate {

/// The group with all its subcommands. `status` gets the exit status when one of them has run.
void add_contacts_commands(CLI::App& app, int& status);

}  // namespace ccgate
