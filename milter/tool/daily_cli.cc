#include "milter/tool/daily_cli.h"

#include <CLI/CLI.hpp>

#include <ctime>
#include <memory>

#include "milter/tool/cli.h"
#include "milter/tool/daily_tool.h"

namespace ccgate {

void add_daily_command(CLI::App& app, int& status) {
  struct Options {
    DailyRun run;
    std::optional<std::int64_t> now;
  };
  const auto options = std::make_shared<Options>();
  options->run.config_file = kDefaultConfig;
  CLI::App* command = app.add_subcommand(
      "daily", "begin what is due by the day: reviews, invitations, mails to the list; write its page");
  command->add_option("-c,--config", options->run.config_file, "configuration, ccgate.yaml(5)")
      ->capture_default_str();
  command->add_flag("--dry-run", options->run.dry_run, "tell what is due, and begin nothing");
  add_now_option(*command, options->now, "what is due at this time");
  command->callback([options, &status] {
    options->run.now = options->now.value_or(static_cast<std::int64_t>(std::time(nullptr)));
    status = run_daily(options->run);
  });
}

}  // namespace ccgate
