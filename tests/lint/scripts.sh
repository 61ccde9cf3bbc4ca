#!/bin/sh
# Every shell script is clean for shellcheck.
set -eu
cd "$(dirname "$0")/../.."
git grep -lzE -e '^#!/bin/(ba)?sh' | xargs -0 -r shellcheck
