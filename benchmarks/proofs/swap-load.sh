#!/usr/bin/env bash
# SPDX-License-Identifier: EPL-2.0
# 1,000 changes of the model under 10,000 samples a second: none lost, unscored or mixed, p99.9 at most 2 x, nothing left over.
set -euo pipefail
swaps=1000 warm=30 alone=50
[ "$KETE_QUICK" = 1 ] && swaps=110 warm=20 alone=30
work=$(mktemp -d "${TMPDIR:-/tmp}/kete-prove-swap-load.XXXXXX")
trap 'rm -rf "$work"' EXIT
benchmarks/program build
# as bin/kete starts a gateway, but for the heap, in which the load generator lives as well, and for the class loaders that Java makes
# for what is called often by reflection
export MALLOC_ARENA_MAX=2
options="-Dsun.reflect.inflationThreshold=2147483647 -Xms32m -Xmx128m -Xss512k -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:MetaspaceSize=48m -XX:-UsePerfData"
KETE_PROGRAM_OPTS="$options -Djava.io.tmpdir=$work" benchmarks/program io.kete.benchmarks.model.SwapLoad "$work" "$swaps" "$warm" "$alone" 2> "$work/err" ||
  { code=$?; grep -A 20 -E '^Exception' "$work/err" >&2 || true; exit "$code"; }
