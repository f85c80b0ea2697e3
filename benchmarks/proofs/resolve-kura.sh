#!/usr/bin/env bash
# SPDX-License-Identifier: EPL-2.0
# Every bundle of every deployment package starts on the platforms of Kura 2024 and 2026 and on ours, plain framework, nothing delegated.
set -euo pipefail
log=$(mktemp "${TMPDIR:-/tmp}/kete-prove-resolve.XXXXXX")
trap 'rm -f "$log"' EXIT
# builds what is missing or old; after that only tests run
./kete --version >/dev/null
code=0
mvn -B -ntp -pl itests/kura -am verify -DskipITs -Dtest=ResolveTest,SurfaceTest,MakeFeaturesTest -Dsurefire.failIfNoSpecifiedTests=false \
  -Dmaven.main.skip -Dbnd.skip -Dspotless.check.skip -Dmaven.compiler.useIncrementalCompilation=false > "$log" 2>&1 || code=$?
report=itests/kura/target/surefire-reports/io.kete.itests.kura.ResolveTest.txt
[ "$code" = 0 ] || grep -E 'MISSING|ERROR' "$log" | head -n 20 || true
for file in features/target/*.dp; do
  echo "$(basename "$file"): $("${JAVA_HOME:+$JAVA_HOME/bin/}jar" tf "$file" | grep -c '\.jar$') bundles, $(stat -c %s "$file") bytes"
done
# the bundles against a jar in the place of Kura's own API; in a copy, because what comes out is not to be used
if [ "$KETE_QUICK" = 0 ] && [ "$code" = 0 ]; then
  tree=$(mktemp -d "${TMPDIR:-/tmp}/kete-prove-api.XXXXXX")
  trap 'rm -rf "$log" "$tree"' EXIT
  git archive HEAD | tar -x -C "$tree"
  cp bundles/io.kete.kura.api/target/io.kete.kura.api-1.0.0.jar "$tree/kura.jar"
  if mvn -B -ntp -f "$tree/bundles/pom.xml" -Pkura-api -Dkura.api.jar="$tree/kura.jar" -DskipTests -Dspotless.check.skip verify > "$log" 2>&1; then
    echo "bundles against another jar of Kura's API: green"
  else
    code=1
    grep -E 'ERROR' "$log" | head -n 10
  fi
fi
ran=$(sed -n 's/^Tests run: \([0-9]*\),.*/\1/p' "$report" 2>/dev/null || true)
failed=$(sed -n 's/^Tests run: .*Failures: \([0-9]*\), Errors: \([0-9]*\).*/\1+\2/p' "$report" 2>/dev/null || true)
verdict=FAILED
[ "$code" = 0 ] && [ "${ran:-0}" -ge 4 ] && [ "$failed" = 0+0 ] && verdict=PROVED
echo "$verdict resolve-kura: 3 platforms and one bundle that must be refused, ${ran:-no} checks, failures+errors ${failed:-unknown}; bound: at least 4 checks, 0+0, exit code 0 (was $code)"
[ "$verdict" = PROVED ]
