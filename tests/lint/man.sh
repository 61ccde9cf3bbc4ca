#!/bin/sh
# The manual pages are clean mdoc.
set -eu
cd "$(dirname "$0")/../.."
mandoc -T lint -W warning man/*.[1-8]
