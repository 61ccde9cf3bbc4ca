#!/bin/sh
# Nothing in the tree is announced instead of done, and messages are put together by fmt: where text in backticks
# is one of several summands, nobody sees whether each has both.
set -eu
cd "$(dirname "$0")/../.."
none() { # what git grep is asked for
  status=0
  git grep "$@" || status=$?
  [ "$status" = 1 ] || exit 1 # 0: found some; more: no git repository
}
none -nwiE 'TODO|FIXME|stub|not implemented' -- . ':!tests/lint'
# `+ quoted(...)`, `quoted(...) + `, "... `" + name, and name + "` ..."
# shellcheck disable=SC2016 # backticks of C++, not of this shell
none -nE '\+ quoted(_ascii)?\(|^[^"]*\<quoted(_ascii)?\([^()]*(\([^()]*\)[^()]*)*\) \+|`" \+|\+ "`' -- \
  'policy/*.cc' 'policy/*.h' 'milter/*.cc' 'milter/*.h'
