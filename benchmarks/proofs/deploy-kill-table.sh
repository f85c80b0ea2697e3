#!/usr/bin/env bash
# SPDX-License-Identifier: EPL-2.0
# SIGKILL at every named step of download, install, upgrade and uninstall: one consistent state, the outcome told, no file left.
set -euo pipefail
kills=all
[ "$KETE_QUICK" = 1 ] && kills=once
log=$(mktemp "${TMPDIR:-/tmp}/kete-prove-kill.XXXXXX")
trap 'rm -f "$log"' EXIT
# builds what is missing or old; after that only tests run
./kete --version >/dev/null
mvn -B -q -DskipTests -pl itests -am install >"$log" 2>&1 || { tail -n 20 "$log"; echo "FAILED deploy-kill-table: the build failed"; exit 1; }
code=0
mvn -B -pl itests verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.felix.only=true -Dit.test=KillTableIT -Dkete.kills=$kills >"$log" 2>&1 || code=$?
line=$(sed -n 's/^.*kill-table \(kills [0-9]*, steps [0-9]*, never reached \[.*\], faults [0-9]*\).*$/\1/p' "$log" | tail -n 1)
[ "$code" = 0 ] || grep -E 'ERROR|KillTable' "$log" | head -n 20 || true
verdict=FAILED
[ "$code" = 0 ] && [ -n "$line" ] && verdict=PROVED
echo "$verdict deploy-kill-table: ${line:-nothing measured}; bound: never reached [], faults 0, exit code 0 (was $code)"
[ "$verdict" = PROVED ]
