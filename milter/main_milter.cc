// milter/main_milter.cc: the daemon's command line.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "milter/daemon/daemon.h"
#include "milter/system/timestamp.h"

int main(int argc, char** argv) {
  CLI::App app{"ccgate-milter: decides at SMTP time who may join a mailing list. See ccgate-milter(8)."};
  ccgate::DaemonOptions options;
  std::string now;
  app.add_option("-c,--config", options.config_file, "configuration, ccgate.yaml(5)")->capture_default_str();
  app.add_option("--now", now, "for tests: a clock that stands at this time, 2030-01-15T12:00:00Z");
  app.set_version_flag("--version", "ccgate-milter " CCGATE_VERSION);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
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
