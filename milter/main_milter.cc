// milter/main_milter.cc: the daemon.
#include <variant>

#include "milter/daemon/daemon.h"
#include "milter/tool/daemon_options_cli.h"

int main(int argc, char** argv) {
  const auto asked = ccgate::read_daemon_options(argc, argv);
  if (const int* status = std::get_if<int>(&asked)) return *status;
  return ccgate::run_daemon(std::get<ccgate::DaemonOptions>(asked));
}
