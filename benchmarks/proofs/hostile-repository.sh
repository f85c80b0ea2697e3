#!/usr/bin/env bash
# SPDX-License-Identifier: EPL-2.0
# A repository with a wrong signature, a replaced or cut off file, an older state, an index of a gigabyte, escaping paths or redirects is refused and nothing changes.
set -euo pipefail
log=$(mktemp "${TMPDIR:-/tmp}/kete-prove-hostile.XXXXXX")
trap 'rm -f "$log"' EXIT
product=()
if [ -n "${KETE_PRODUCT:-}" ]; then
  # another installation than the one of this tree, with everything built
  product=("-Dkete.product=$KETE_PRODUCT")
else
  ./kete --version >/dev/null
  mvn -B -q -DskipTests -pl itests -am install >"$log" 2>&1 || { tail -n 20 "$log"; echo "FAILED hostile-repository: the build failed"; exit 1; }
fi
code=0
mvn -B -o -f bundles/io.kete.container.deploy/pom.xml test -Dtest='HostileRepositoryTest,ParserTest' >"$log" 2>&1 || code=$?
parts=$(sed -n 's/^.*Tests run: \([0-9]*\), Failures: \([0-9]*\), Errors: \([0-9]*\), Skipped: 0$/\1 cases, \2 failed, \3 broken/p' "$log" | tail -n 1)
[ "$code" = 0 ] || grep -E 'ERROR' "$log" | head -n 10
whole=0
mvn -B -o -f itests/pom.xml verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test='RepositoryIT#aHostile*' "${product[@]}" >"$log" 2>&1 || whole=$?
line=$(sed -n 's/^.*hostile-repository \(tricks [0-9]*, refused [0-9]*, changed [0-9]*\).*$/\1/p' "$log" | tail -n 1)
[ "$whole" = 0 ] || grep -E 'ERROR' "$log" | head -n 10
verdict=FAILED
[ "$code" = 0 ] && [ "$whole" = 0 ] && [ -n "$line" ] && verdict=PROVED
echo "$verdict hostile-repository: the gateway: ${line:-nothing measured}; its parts: ${parts:-nothing measured}; bound: all refused, changed 0, failed 0"
[ "$verdict" = PROVED ]
