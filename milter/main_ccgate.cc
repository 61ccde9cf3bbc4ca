// milter/main_ccgate.cc: the operator's command line.
#include "milter/tool/ccgate_cli.h"

int main(int argc, char** argv) {
  return ccgate::run_ccgate(argc, argv);
}
