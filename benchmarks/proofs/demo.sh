#!/usr/bin/env bash
# SPDX-License-Identifier: EPL-2.0
# Every state a device served arrives at an independent centre, exact, once, across a cut of the link and a change of the model, within 185 MB; sealed channels never in clear.
set -euo pipefail
seconds=60
[ "$KETE_QUICK" = 1 ] && seconds=30
directory=$(mktemp -d "${TMPDIR:-/tmp}/kete-prove-demo.XXXXXX")
trap 'rm -rf "$directory"' EXIT
code=0
./kete demo --plain --seconds "$seconds" --dir "$directory/run" | tee "$directory/out" || code=$?
number() { sed -n "s/^  $1 *\([0-9][0-9]*\).*/\1/p" "$directory/out" | tail -n 1; }
served=$(number served)
received=$(number received)
missing=$(number missing)
resident=$(sed -n 's/.*at most \([0-9]*\) MB resident.*/\1/p' "$directory/out" | tail -n 1)
verdict=FAILED
[ "$code" = 0 ] && [ "${served:-0}" -gt 0 ] && [ "${missing:-1}" = 0 ] && [ "$received" = "$served" ] && [ "${resident:-999}" -le 185 ] && verdict=PROVED
echo "$verdict demo: served ${served:-none}, received exact ${received:-none}, missing ${missing:-unknown}, resident ${resident:-unknown} MB; bound: received = served, missing 0, resident 185 MB, exit code 0 (was $code)"
[ "$verdict" = PROVED ]
