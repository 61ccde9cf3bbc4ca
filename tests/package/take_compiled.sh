#!/bin/sh
# take_compiled.sh FROM TO: copies what is compiled in the build folder FROM into the build folder TO, which is
# configured and empty. Fails unless every command that TO would run is one that FROM ran.
set -eu
from=$1
to=$2

# Each kind of command once: flags, definitions, libraries. Folders have names of their own, and in FROM warnings may
# be errors.
commands() { # of a build folder
  source=$(sed -n 's/^CMAKE_HOME_DIRECTORY:INTERNAL=//p' "$1/CMakeCache.txt")
  grep -E '^  (DEFINES|FLAGS|INCLUDES|LINK_FLAGS|LINK_LIBRARIES) = ' "$1/build.ninja" |
    sed -e "s|$source|.|g" -e 's| -Werror | |' -e 's|  *| |g' -e 's| $||' | sort -u
  sed -n 's/^CMAKE_CXX_COMPILER:[A-Z]*=//p' "$1/CMakeCache.txt"
}

lists=$(mktemp -d)
trap 'rm -rf "$lists"' EXIT
commands "$from" > "$lists/from"
commands "$to" > "$lists/to"
grep -q '^ FLAGS = ' "$lists/to" # else it is not configured
if grep -vxFf "$lists/from" "$lists/to" > "$lists/others"; then
  echo "take_compiled.sh: in $from nothing was compiled by these commands of the package:" >&2
  cat "$lists/others" >&2
  exit 1
fi
cp -p "$from/ccgate" "$from/ccgate-milter" "$to"
cp -p "$from"/completion/* "$to/completion"
