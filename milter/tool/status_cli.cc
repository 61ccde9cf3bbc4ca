#include "milter/tool/status_cli.h"

#include <CLI/CLI.hpp>

#include <ctime>
#include <memory>
#include <optional>

#include "milter/tool/cli.h"
#include "milter/tool/ledger_cli.h"
#include "milter/tool/status_tool.h"

namespace ccgate {

void add_status_command(CLI::App& app, int& status) {
  struct Options {
    StatusOptions told;
    std::optional<std::int64_t> now;
  };
  const auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("status", "one screen: daemon, rules, last day, what waits, contacts");
  add_store_options(*command, options->told.source);
  command->add_flag("--json", options->told.json, "one JSON object");
  command->add_option("--runtime", options->told.status_folder, "folder where the daemon writes its state")
      ->capture_default_str();
  add_now_option(*command, options->now, "as if it were this time, 2030-01-15T12:00:00Z");
  command->callback([options, &status] {
    options->told.now = options->now.value_or(static_cast<std::int64_t>(std::time(nullptr)));
    status = run_status(options->told);
  });
}

}  // namespace ccgate
