#!/usr/bin/env bash
# SPDX-License-Identifier: EPL-2.0
# A repository with a wrong signature, a replaced or cut off file, an older state, an index of a gigabyte, escaping paths or redirects is refused before anything of it is used.
set -euo pipefail
log=$(mktemp "${TMPDIR:-/tmp}/kete-prove-hostile.XXXXXX")
trap 'rm -f "$log"' EXIT
code=0
mvn -B -pl bundles/io.kete.container.deploy -am test -Dtest='HostileRepositoryTest,ParserTest' -Dsurefire.failIfNoSpecifiedTests=false >"$log" 2>&1 || code=$?
line=$(sed -n 's/^.*Tests run: \([1-9][0-9]*\), Failures: \([0-9]*\), Errors: \([0-9]*\), Skipped: 0$/\1 cases, \2 failed, \3 broken/p' "$log" | tail -n 1)
[ "$code" = 0 ] || grep -E 'ERROR' "$log" | head -n 10 || true
verdict=FAILED
[ "$code" = 0 ] && [ -n "$line" ] && verdict=PROVED
echo "$verdict hostile-repository: ${line:-nothing measured}; bound: 0 failed, 0 broken"
[ "$verdict" = PROVED ]
