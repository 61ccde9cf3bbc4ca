// milter/main_ccgate.cc: the operator's command line.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "milter/tool/cli.h"
#include "milter/tool/completion.h"
#include "milter/tool/contacts_cli.h"
#include "milter/tool/daily_cli.h"
#include "milter/tool/decision_cli.h"
#include "milter/tool/ledger_cli.h"
#include "milter/tool/members_cli.h"
#include "milter/tool/outreach_cli.h"
#include "milter/tool/report_cli.h"

int main(int argc, char** argv) {
  CLI::App app{"ccgate: checks, tests and explains what ccgate-milter decides. See ccgate(1).", "ccgate"};
  app.set_version_flag("-V,--version", "ccgate " CCGATE_VERSION);
  app.require_subcommand(1);
  int status = 0;
  ccgate::add_decision_commands(app, status);
  ccgate::add_ledger_commands(app, status);
  ccgate::add_contacts_commands(app, status);
  ccgate::add_members_commands(app, status);
  ccgate::add_report_command(app, status);
  ccgate::add_outreach_commands(app, status);
  ccgate::add_daily_command(app, status);
  ccgate::add_completion_command(app, status);
  if (ccgate::has_unknown_word(app, argc, argv)) return 2;
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return ccgate::end_of_parsing(app, error, argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "ccgate: %s\n", error.what());
    return 3;
  }
  return status;
}
