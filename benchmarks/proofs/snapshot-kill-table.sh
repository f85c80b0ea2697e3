#!/usr/bin/env bash
# SPDX-License-Identifier: EPL-2.0
# SIGKILL after each named step of writing a snapshot: afterwards there is the old or the new one, and no other file.
set -euo pipefail
log=$(mktemp "${TMPDIR:-/tmp}/kete-prove-snapshot.XXXXXX")
trap 'rm -f "$log"' EXIT
code=0
mvn -B -pl bundles/io.kete.container.config -am test -Dtest=SnapshotKillTest -Dsurefire.failIfNoSpecifiedTests=false > "$log" 2>&1 || code=$?
if [ "$code" != 0 ]; then grep -E 'ERROR' "$log" | head -n 10; fi
grep -E '^(write|replace) [A-Z_]+: ' "$log" || true
kills=$(sed -n 's/^.*snapshot kill table: \([0-9]*\) kills.*$/\1/p' "$log" | tail -n 1)
verdict=FAILED
[ "$code" = 0 ] && [ "${kills:-0}" = 13 ] && verdict=PROVED
echo "$verdict snapshot-kill-table: ${kills:-0} kills, steps never reached: $([ "$code" = 0 ] && echo 0 || echo unknown); bound: 13 kills, 0 steps never reached, 0 inconsistent"
[ "$verdict" = PROVED ]
