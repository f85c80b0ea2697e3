#!/usr/bin/env bash
# SPDX-License-Identifier: EPL-2.0
# Hostile bytes for every decoder of what comes from outside over MQTT: none breaks one, none makes it allocate more than it is worth.
set -euo pipefail
log=$(mktemp "${TMPDIR:-/tmp}/kete-prove-fuzz.XXXXXX")
trap 'rm -f "$log"' EXIT
inputs=1000000
[ "$KETE_QUICK" = 1 ] && inputs=100000
tests=0
code=0
# the payloads and topics; the orders of DEPLOY-V2; the documents of CONF-V1
for module in io.kete.kapua.codec io.kete.container.config; do
  mvn -B -pl "bundles/$module" -am test -Dkete.fuzz.inputs="$inputs" -DargLine="-Dkete.fuzz.inputs=$inputs" \
    -Dtest='*Fuzz*,SnapshotReaderTest#survives*' -Dsurefire.failIfNoSpecifiedTests=false > "$log" 2>&1 || code=$?
  if [ "$code" != 0 ]; then grep -E 'ERROR' "$log" | head -n 10; break; fi
  grep -E 'Tests run:.*in ' "$log" | sed 's/\x1b\[[0-9;]*m//g;s/^.*Tests run: \([0-9]*\),.*Time elapsed: \([0-9.]*\) s.*in \(.*\)$/\3: \1 tests in \2 s/'
  tests=$((tests + $(grep -E 'Tests run:.*in io\.kete' "$log" | sed 's/\x1b\[[0-9;]*m//g;s/^.*Tests run: \([0-9]*\),.*$/\1/' | paste -sd+ | bc)))
done
verdict=FAILED
[ "$code" = 0 ] && [ "$tests" -ge 5 ] && verdict=PROVED
echo "$verdict codec-fuzz: $tests tests of $inputs inputs each, $([ "$code" = 0 ] && echo 0 || echo some) failed; bound: 0 failed, at least 5 tests"
[ "$verdict" = PROVED ]
