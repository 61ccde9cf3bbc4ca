#!/bin/sh
# Every C++ file is formatted as .clang-format says. Other versions of clang-format than 14 differ in details.
set -eu
cd "$(dirname "$0")/../.."
if ! clang-format --version 2>/dev/null | grep -q 'version 14\.'; then
  echo "skipped: no clang-format 14"
  exit 77
fi
git ls-files -z '*.cc' '*.h' | xargs -0 -r clang-format --dry-run --Werror
