#!/usr/bin/env bash
# SPDX-License-Identifier: EPL-2.0
# Plays Kapua against the installed product over three brokers: Moquette, mosquitto and Apache Artemis, on which Kapua is built.
set -euo pipefail
work=$(mktemp -d "${TMPDIR:-/tmp}/kete-prove-kapua.XXXXXX")
broker_pid=
finish() {
  if [ -n "$broker_pid" ]; then kill "$broker_pid" 2>/dev/null || true; fi
  rm -rf "$work"
}
trap finish EXIT
java=${KETE_JAVA:-${JAVA_HOME:+$JAVA_HOME/bin/}java}

# the product is built when it is older than the sources, and copied, so that it stays the same during the run
./kete --version > /dev/null
cp -R distribution/kete/target/kete-1.0.0/kete-1.0.0 "$work/product"

brokers=moquette
if [ -x /usr/sbin/mosquitto ] || [ -x /usr/local/sbin/mosquitto ]; then
  brokers=$brokers,mosquitto
else
  echo "mosquitto is not installed: left out"
fi
if mvn -B -q -f benchmarks/artemis/pom.xml dependency:build-classpath -Dmdep.outputFile="$work/artemis.path" \
  > "$work/artemis.log" 2>&1; then
  mkfifo "$work/input"
  "$java" -Xmx256m -cp "$(cat "$work/artemis.path")" benchmarks/artemis/ArtemisBroker.java \
    < "$work/input" > "$work/artemis.out" 2> "$work/artemis.log" &
  broker_pid=$!
  exec 7> "$work/input"
  for _ in $(seq 1 120); do
    if grep -q '^broker port=' "$work/artemis.out" || ! kill -0 "$broker_pid" 2>/dev/null; then break; fi
    sleep 0.5
  done
  port=$(sed -n 's/^broker port=//p' "$work/artemis.out")
  if [ -z "$port" ]; then
    tail -n 20 "$work/artemis.log"; echo "FAILED kapua-conformance: Artemis does not start"; exit 1
  fi
  brokers=$brokers,artemis=127.0.0.1:$port
else
  echo "Artemis cannot be fetched: left out"
fi

echo "brokers: $brokers"
code=0
mvn -B -pl itests -am verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false \
  -Dit.test='*ConformanceIT' -Dkete.product="$work/product" -Dkete.conformance.brokers="$brokers" > "$work/run.log" 2>&1 || code=$?
sed -i 's/\x1b\[[0-9;]*m//g' "$work/run.log"
sed -n 's/^.*Tests run: \([0-9]*\), Failures: \([0-9]*\), Errors: \([0-9]*\), Skipped: \([0-9]*\),.*in .*\.\([A-Za-z]*ConformanceIT\).*$/\5: \1 run, \2 failed, \3 broken, \4 skipped/p' \
  "$work/run.log"
total=$(sed -n 's/^.*Tests run: \([0-9]*\), Failures: \([0-9]*\), Errors: \([0-9]*\), Skipped: \([0-9]*\)[^,]*$/\1 tests, \2 failed, \3 broken, \4 skipped/p' \
  "$work/run.log" | tail -n 1)
if [ "$code" != 0 ]; then grep -E 'ConformanceIT\..*(FAILURE|ERROR)|ERROR.*ConformanceIT' "$work/run.log" | head -n 20; fi
verdict=FAILED
case $total in *" 0 failed, 0 broken, 0 skipped") [ "$code" = 0 ] && verdict=PROVED ;; esac
case $brokers in moquette,mosquitto,artemis=*) ;; *) verdict=FAILED; total="$total; a broker is missing" ;; esac
echo "$verdict kapua-conformance: ${total:-nothing ran} over ${brokers//=[0-9.:]*/}; bound: moquette, mosquitto and artemis, 0 failed, 0 skipped"
[ "$verdict" = PROVED ]
