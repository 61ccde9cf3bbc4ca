#include "milter/tool/daemon_options_cli.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <optional>
#include <string>

#include "milter/system/timestamp.h"
#include "milter/tool/cli.h"
#include "milter/tool/completion.h"
#include "milter/tool/output.h"

namespace ccgate {

std::variant<DaemonOptions, int> read_daemon_options(int argc, const char* const* argv) {
  CLI::App app{"ccgate-milter: decides at SMTP time who may join a mailing list. See ccgate-milter(8).",
               "ccgate-milter"};
  DaemonOptions options;
  std::string now;
  app.add_option("-c,--config", options.config_file, "configuration, ccgate.yaml(5)")->capture_default_str();
  using Task = DaemonOptions::Task;
  const auto* test = app.add_flag_callback(
      "-t,--test", [&] { options.task = Task::check; },
      "check the configuration, and that this account could serve here, then end");
  app.add_flag_callback(
         "--has-lists", [&] { options.task = Task::has_lists; },
         "end with status 1 when the configuration names no list, else 0")
      ->excludes(const_cast<CLI::Option*>(test));
  app.add_option("--now", now, "for tests: a clock that stands at this time, 2030-01-15T12:00:00Z");
  std::optional<Shell> completion;
  add_completion_option(app, completion);
  app.set_version_flag("-V,--version", "ccgate-milter " CCGATE_VERSION);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return end_of_parsing(app, error, argc, argv);
  }
  if (completion) {
    put(completion_script(app, *completion));
    return 0;
  }
  if (!now.empty()) {
    options.now = parse_timestamp(now);
    if (!options.now) {
      std::fprintf(stderr, "ccgate-milter: --now wants a time like 2030-01-15T12:00:00Z\n");
      return 2;
    }
  }
  return options;
}

}  // namespace ccgate
