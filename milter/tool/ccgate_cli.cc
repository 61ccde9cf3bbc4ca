#include "milter/tool/ccgate_cli.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "milter/tool/cli.h"
#include "milter/tool/completion.h"
#include "milter/tool/contacts_cli.h"
#include "milter/tool/daily_cli.h"
#include "milter/tool/decision_cli.h"
#include "milter/tool/doctor_cli.h"
#include "milter/tool/ledger_cli.h"
#include "milter/tool/members_cli.h"
#include "milter/tool/outreach_cli.h"
#include "milter/tool/replay_cli.h"
#include "milter/tool/report_cli.h"
#include "milter/tool/status_cli.h"
#include "milter/tool/waiting_cli.h"

namespace ccgate {

int run_ccgate(int argc, const char* const* argv) {
  CLI::App app{"ccgate: checks, tests and explains what ccgate-milter decides. See ccgate(1).", "ccgate"};
  app.set_version_flag("-V,--version", "ccgate " CCGATE_VERSION);
  app.require_subcommand(1);
  int status = 0;
  add_decision_commands(app, status);
  add_ledger_commands(app, status);
  add_replay_command(app, status);
  add_status_command(app, status);
  add_waiting_commands(app, status);
  add_contacts_commands(app, status);
  add_members_commands(app, status);
  add_report_command(app, status);
  add_outreach_commands(app, status);
  add_daily_command(app, status);
  add_doctor_command(app, status);
  add_completion_command(app, status);
  if (has_unknown_word(app, argc, argv)) return 2;
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return end_of_parsing(app, error, argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "ccgate: %s\n", error.what());
    return 3;
  }
  return status;
}

}  // namespace ccgate
