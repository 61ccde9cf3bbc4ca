#!/bin/sh
# memcheck.sh CCGATE SCENARIO...: `ccgate test` under valgrind. It fails at a wrong access and at a definite leak.
set -eu
command -v valgrind > /dev/null || {
  echo "no valgrind: run scripts/install-packages test"
  [ "${CCGATE_NO_SKIP:-}" = 1 ] && exit 1
  exit 77
}
program=$1
shift
exec valgrind --quiet --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite \
  --show-leak-kinds=definite --suppressions="$(dirname "$0")/libraries.supp" --num-callers=30 \
  "$program" test "$@"
