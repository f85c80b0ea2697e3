#!/usr/bin/env bash
# SPDX-License-Identifier: EPL-2.0
# 500 random corruptions: each start succeeds, at least 99 % of the records outside damaged pages recovered, loss exact.
set -euo pipefail
work=$(mktemp -d "${TMPDIR:-/tmp}/kete-prove-buffer-corrupt.XXXXXX")
trap 'rm -rf "$work"' EXIT
rounds=500
[ "$KETE_QUICK" = 1 ] && rounds=200
benchmarks/program build
KETE_PROGRAM_OPTS="-Xmx96m -XX:+UseSerialGC -Djava.io.tmpdir=$work" benchmarks/program io.kete.benchmarks.buffer.Crashes corrupt "$rounds" 43
