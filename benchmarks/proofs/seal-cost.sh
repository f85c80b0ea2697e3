#!/usr/bin/env bash
# SPDX-License-Identifier: EPL-2.0
# Sealing adds at most 1.5 x one bare AES-256-GCM call and 20 bytes per sample in blocks of 32, 3 x and 176 bytes in blocks of one.
set -euo pipefail
rounds=5 iterations=12 samples=100000 turns=9
[ "$KETE_QUICK" = 1 ] && rounds=2 iterations=8 samples=30000 turns=5
work=$(mktemp -d "${TMPDIR:-/tmp}/kete-prove-seal-cost.XXXXXX")
trap 'rm -rf "$work"' EXIT
export TMPDIR=$work
# C2 at once: on a busy machine the tiers before it would be measured
c2="-Xbatch -XX:-TieredCompilation"
benchmarks/program build
benchmarks/program io.kete.benchmarks.SealBytes > "$work/bytes"
for round in $(seq "$rounds"); do
  benchmarks/program org.openjdk.jmh.Main SealCost -f 1 -jvmArgsAppend "$c2" -wi 4 -w 500ms -i "$iterations" -r 200ms -rf json -rff "$work/jmh-$round.json" \
    > "$work/jmh.out" 2>&1 || { tail -n 20 "$work/jmh.out" >&2; exit 1; }
done
echo "end to end, policy to disk to outlet:"
flow=0
KETE_PROGRAM_OPTS="-Xmx256m $c2 -Djava.io.tmpdir=$work" benchmarks/program io.kete.benchmarks.Throughput "$samples" "$turns" 2> "$work/flow.err" || flow=$?
code=0
report=$(benchmarks/program io.kete.benchmarks.SealReport "$work/bytes" "$work"/jmh-*.json) || code=$?
if [ "$flow" != 0 ]; then
  code=1
  report=${report/PROVED seal-cost:/FAILED seal-cost: throughput with 20 % sealed is too low;}
fi
echo "$report"
exit "$code"
