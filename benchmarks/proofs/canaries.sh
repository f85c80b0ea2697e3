#!/usr/bin/env bash
# SPDX-License-Identifier: EPL-2.0
# Values planted in protected channels, over outages, kills, policy changes, scoring by a model and debug logging, are found nowhere outside.
set -euo pipefail
values=5000
[ "$KETE_QUICK" = 1 ] && values=1000
work=$(mktemp -d "${TMPDIR:-/tmp}/kete-prove-canaries.XXXXXX")
trap 'rm -rf "$work"' EXIT
benchmarks/program build
KETE_PROGRAM_OPTS="-Xmx256m" benchmarks/program io.kete.benchmarks.Canaries "$work" "$values" \
  2> "$work/canaries.err" || { code=$?; tail -n 20 "$work/canaries.err" >&2; exit "$code"; }
