#!/usr/bin/env bash
# SPDX-License-Identifier: EPL-2.0
# Slot, assembly and lineage add at most 15 % to a bare call of ONNX Runtime with 32 rows; what they add to one row is told.
set -euo pipefail
rounds=3 iterations=12
[ "$KETE_QUICK" = 1 ] && rounds=2 iterations=8
work=$(mktemp -d "${TMPDIR:-/tmp}/kete-prove-score-cost.XXXXXX")
trap 'rm -rf "$work"' EXIT
export TMPDIR=$work
benchmarks/program build
for round in $(seq "$rounds"); do
  benchmarks/program org.openjdk.jmh.Main ScoreCost -f 1 -jvmArgsAppend "-Xmx256m -XX:+UseSerialGC -Djava.io.tmpdir=$work" -wi 4 -w 500ms \
    -i "$iterations" -r 200ms -rf json -rff "$work/jmh-$round.json" > "$work/jmh.out" 2>&1 || { tail -n 20 "$work/jmh.out" >&2; exit 1; }
done
benchmarks/program io.kete.benchmarks.model.ScoreReport "$work"/jmh-*.json
