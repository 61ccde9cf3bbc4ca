// milter/tool/ledger_cli.h: the command line of `ccgate log` and `ccgate show`.
#pragma once

#include "milter/tool/ledger_input.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace ccgate {

/// `-c` and `--store`; the first, so that it can be told whether it was given.
CLI::Option* add_store_options(CLI::App& app, LedgerSource& source);
/// `status` gets the exit status when one of them has run.
void add_ledger_commands(CLI::App& app, int& status);

}  // namespace ccgate
