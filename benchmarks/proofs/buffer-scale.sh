#!/usr/bin/env bash
# SPDX-License-Identifier: EPL-2.0
# Cost per record, opening, size and drain of a store with 5,000,000 records, within 96 MB of heap.
set -euo pipefail
work=$(mktemp -d "${TMPDIR:-/tmp}/kete-prove-buffer-scale.XXXXXX")
trap 'rm -rf "$work"' EXIT
records=5000000
[ "$KETE_QUICK" = 1 ] && records=1000000
benchmarks/program build
KETE_PROGRAM_OPTS="-Xmx96m -XX:+UseSerialGC -Djava.io.tmpdir=$work" benchmarks/program io.kete.benchmarks.buffer.Scale "$records"
