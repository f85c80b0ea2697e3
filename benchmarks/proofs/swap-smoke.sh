#!/usr/bin/env bash
# SPDX-License-Identifier: EPL-2.0
# 50 changes of the model while 2,000 samples a second flow: none lost, none unscored, none scored by a mixture of versions.
set -euo pipefail
log=$(mktemp "${TMPDIR:-/tmp}/kete-prove-swap.XXXXXX")
trap 'rm -f "$log"' EXIT
# what the scenario runs on; the second call needs it built
mvn -B -q -DskipTests -pl itests -am install >"$log" 2>&1 || { tail -n 20 "$log"; echo "FAILED swap-smoke: the build failed"; exit 1; }
code=0
mvn -B -pl itests verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test='ModelIT#everySample*' >"$log" 2>&1 || code=$?
line=$(sed -n 's/^.*\(swaps [0-9]*, samples [0-9]*, per second [0-9]*, lost [0-9]*, unscored [0-9]*, mixed [0-9]*\).*$/\1/p' "$log" | tail -n 1)
[ "$code" = 0 ] || grep -E 'ERROR' "$log" | head -n 10
verdict=FAILED
[ "$code" = 0 ] && [ -n "$line" ] && verdict=PROVED
echo "$verdict swap-smoke: ${line:-nothing measured}; bound: 50 swaps, more than 2000 per second, lost 0, unscored 0, mixed 0"
[ "$verdict" = PROVED ]
