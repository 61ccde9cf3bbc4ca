// milter/tool/doctor_cli.h: the command line of `ccgate doctor`.
#pragma once

namespace CLI {
class App;
}

namespace ccgate {

/// `status` gets the exit status when it has run.
void add_doctor_command(CLI::App& app, int& status);

}  // namespace ccgate
