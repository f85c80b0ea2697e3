#!/usr/bin/env bash
# SPDX-License-Identifier: EPL-2.0
# Deployment packages on Kura's platform come, are upgraded while data flows, and go, in any order: no sample lost, nothing left behind.
set -euo pipefail
orders=5
[ "$KETE_QUICK" = 1 ] && orders=2
log=$(mktemp "${TMPDIR:-/tmp}/kete-prove-order.XXXXXX")
trap 'rm -f "$log"' EXIT
# builds what is missing or old; after that only tests run
./kete --version >/dev/null
code=0
mvn -B -ntp -pl itests/kura -am verify -DskipITs -Dtest=AnyOrderTest -Dsurefire.failIfNoSpecifiedTests=false -Dkete.orders=$orders \
  -Dmaven.main.skip -Dbnd.skip -Dspotless.check.skip -Dmaven.compiler.useIncrementalCompilation=false > "$log" 2>&1 || code=$?
report=itests/kura/target/surefire-reports/io.kete.itests.kura.AnyOrderTest.txt
[ "$code" = 0 ] || grep -E 'AnyOrderTest|ERROR' "$log" | head -n 20 || true
ran=$(sed -n 's/^Tests run: \([0-9]*\),.*/\1/p' "$report" 2>/dev/null || true)
failed=$(sed -n 's/^Tests run: .*Failures: \([0-9]*\), Errors: \([0-9]*\).*/\1+\2/p' "$report" 2>/dev/null || true)
verdict=FAILED
[ "$code" = 0 ] && [ "${ran:-0}" = "$orders" ] && [ "$failed" = 0+0 ] && verdict=PROVED
echo "$verdict dp-any-order: ${ran:-no} random orders of install, upgrade and removal, failures+errors ${failed:-unknown}; bound: $orders orders, 0+0, exit code 0 (was $code)"
[ "$verdict" = PROVED ]
