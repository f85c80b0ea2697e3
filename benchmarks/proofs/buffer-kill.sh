#!/usr/bin/env bash
# SPDX-License-Identifier: EPL-2.0
# 1,000 kills of a process that appends and drains: nothing accepted is lost, each start succeeds, duplicates at most the window.
set -euo pipefail
work=$(mktemp -d "${TMPDIR:-/tmp}/kete-prove-buffer-kill.XXXXXX")
trap 'rm -rf "$work"' EXIT
rounds=1000
[ "$KETE_QUICK" = 1 ] && rounds=200
benchmarks/program build
KETE_PROGRAM_OPTS="-Xmx96m -XX:+UseSerialGC -Djava.io.tmpdir=$work" benchmarks/program io.kete.benchmarks.buffer.Crashes kill "$rounds" 41
