#!/usr/bin/env bash
# SPDX-License-Identifier: EPL-2.0
# The openssl command opens what the gateway seals and signs, and the receiver and the gateway open what openssl made.
set -euo pipefail
if ! command -v openssl > /dev/null; then
  echo "SKIPPED openssl: there is no openssl command here"
  exit 3
fi
openssl version
log=$(mktemp "${TMPDIR:-/tmp}/kete-prove-openssl.XXXXXX")
trap 'rm -f "$log"' EXIT
code=0
mvn -B -pl distribution/receiver -am -Dtest=OpenSslTest -Dsurefire.failIfNoSpecifiedTests=false test > "$log" 2>&1 || code=$?
[ "$code" = 0 ] || tail -n 30 "$log" >&2
line=$(grep -o 'Tests run: [0-9]*, Failures: [0-9]*, Errors: [0-9]*, Skipped: [0-9]*' "$log" | tail -n 1)
run=$(sed -n 's/Tests run: \([0-9]*\).*/\1/p' <<< "$line")
bad=$(sed -n 's/.*Failures: \([0-9]*\), Errors: \([0-9]*\), Skipped: \([0-9]*\)/\1 + \2 + \3/p' <<< "$line")
verdict=FAILED
[ "$code" = 0 ] && [ "${run:-0}" -gt 0 ] && [ "$((bad))" = 0 ] && verdict=PROVED
echo "$verdict openssl: ${run:-0} vectors both ways, $((bad)) failed or skipped; bound 0"
[ "$verdict" = PROVED ]
