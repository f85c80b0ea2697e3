#!/usr/bin/env bash
# SPDX-License-Identifier: EPL-2.0
# Core, route, driver and model go from 1.0 to 1.1 out of a repository at 2,000 samples a second: only changed bundles restart, nothing is lost, a SIGKILL at each named step leaves all or nothing.
set -euo pipefail
kills=once
[ "$KETE_QUICK" = 1 ] && kills=few
log=$(mktemp "${TMPDIR:-/tmp}/kete-prove-upgrade.XXXXXX")
trap 'rm -f "$log"' EXIT
product=()
if [ -n "${KETE_PRODUCT:-}" ]; then
  # another installation than the one of this tree, with everything built
  product=("-Dkete.product=$KETE_PRODUCT")
else
  # builds what is missing or old; after that only tests run
  ./kete --version >/dev/null
  mvn -B -q -DskipTests -pl itests -am install >"$log" 2>&1 || { tail -n 20 "$log"; echo "FAILED upgrade-under-load: the build failed"; exit 1; }
fi
code=0
mvn -B -o -f itests/pom.xml verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.felix.only=true -Dit.test='UpgradeIT,UpgradeKillTable' "-Dkete.kills=$kills" "${product[@]}" >"$log" 2>&1 || code=$?
[ "$code" = 0 ] || grep -E 'ERROR' "$log" | head -n 20 || true
upgrade=$(sed -n 's/^.*upgrade \(samples [0-9]*, per second [0-9]*.*\)$/\1/p' "$log" | tail -n 1)
killed=$(sed -n 's/^.*upgrade-kills \(kills [0-9]*, .*\)$/\1/p' "$log" | tail -n 1)
rate=$(printf '%s' "$upgrade" | sed -n 's/^.*per second \([0-9]*\), during.*$/\1/p')
verdict=FAILED
[ "$code" = 0 ] && [ -n "$upgrade" ] && [ -n "$killed" ] && [ "${rate:-0}" -ge 2000 ] && verdict=PROVED
echo "$verdict upgrade-under-load: ${upgrade:-nothing measured}; ${killed:-no kill}; bound: at least 2000 per second, lost 0, failed 0, all changed restarted, others restarted [], never reached [], faults 0"
[ "$verdict" = PROVED ]
