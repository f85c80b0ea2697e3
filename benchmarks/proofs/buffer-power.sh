#!/usr/bin/env bash
# SPDX-License-Identifier: EPL-2.0
# 1,000 images of a loss of power below H2, writes dropped, torn and reordered: nothing accepted is lost.
set -euo pipefail
work=$(mktemp -d "${TMPDIR:-/tmp}/kete-prove-buffer-power.XXXXXX")
trap 'rm -rf "$work"' EXIT
images=1000
[ "$KETE_QUICK" = 1 ] && images=100
benchmarks/program build
KETE_PROGRAM_OPTS="-Xmx96m -XX:+UseSerialGC -Djava.io.tmpdir=$work" benchmarks/program io.kete.benchmarks.buffer.Crashes power "$images" 42
