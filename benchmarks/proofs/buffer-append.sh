#!/usr/bin/env bash
# SPDX-License-Identifier: EPL-2.0
# Durable appends at least 0.3 x raw write + fdatasync in batches, 64 producers at least 20 x one sync per record.
set -euo pipefail
work=$(mktemp -d "${TMPDIR:-/tmp}/kete-prove-buffer-append.XXXXXX")
trap 'rm -rf "$work"' EXIT
batches=1500
[ "$KETE_QUICK" = 1 ] && batches=600
benchmarks/program build
KETE_PROGRAM_OPTS="-Xmx96m -XX:+UseSerialGC -Djava.io.tmpdir=$work" benchmarks/program io.kete.benchmarks.buffer.Append "$batches"
