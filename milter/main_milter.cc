// milter/main_milter.cc: the daemon's command line.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "milter/daemon/daemon.h"
#include "milter/system/timestamp.h"
#include "milter/tool/cli.h"
#include "milter/tool/completion.h"
#include "milter/tool/output.h"

int main(int argc, char** argv) {
  CLI::App app{"ccgate-milter: decides at SMTP time who may join a mailing list. See ccgate-milter(8).",
               "ccgate-milter"};
  ccgate::DaemonOptions options;
  std::string now;
  app.add_option("-c,--config", options.config_file, "configuration, ccgate.yaml(5)")->capture_default_str();
  using Task = ccgate::DaemonOptions::Task;
  const auto* test = app.add_flag_callback(
      "-t,--test", [&] { options.task = Task::check; },
      "check the configuration, and that this account could serve here, then end");
  app.add_flag_callback(
         "--has-lists", [&] { options.task = Task::has_lists; },
         "end with status 1 when the configuration names no list, else 0")
      ->excludes(const_cast<CLI::Option*>(test));
  app.add_option("--now", now, "for tests: a clock that stands at this time, 2030-01-15T12:00:00Z");
  std::optional<ccgate::Shell> completion;
  ccgate::add_completion_option(app, completion);
  app.set_version_flag("-V,--version", "ccgate-milter " CCGATE_VERSION);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return ccgate::end_of_parsing(app, error, argc, argv);
  }
  if (completion) {
    ccgate::put(ccgate::completion_script(app, *completion));
    return 0;
  }
  if (!now.empty()) {
    options.now = ccgate::parse_timestamp(now);
    if (!options.now) {
      std::fprintf(stderr, "ccgate-milter: --now wants a time like 2030-01-15T12:00:00Z\n");
      return 2;
    }
  }
  return ccgate::run_daemon(options);
}
