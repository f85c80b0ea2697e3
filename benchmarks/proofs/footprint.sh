#!/usr/bin/env bash
# SPDX-License-Identifier: EPL-2.0
# From process start (not the first ever) to the first delivered sample at most 3.5 x the start of plain Felix + SCR; the demo's gateway at most 160 MB resident.
set -euo pipefail
rounds=7 seconds=300
[ "$KETE_QUICK" = 1 ] && rounds=3 seconds=60
bound_ratio=3.5 bound_mb=160

work=$(mktemp -d "${TMPDIR:-/tmp}/kete-prove-footprint.XXXXXX")
trap 'rm -rf "$work"' EXIT
./kete --version >/dev/null
home=$(ls -d distribution/kete/target/kete-*/kete-*/ | head -n 1)
java=${KETE_JAVA:-${JAVA_HOME:+$JAVA_HOME/bin/}java}
options=$(sed -n 's/^gateway_options="\(.*\)"/\1/p' "$home/bin/kete")

# The yardstick: the same launcher and Java options, the framework with SCR and what SCR needs to resolve, nothing else.
plain=$work/plain
mkdir -p "$plain/bundles"
for name in org.osgi.util.function org.osgi.util.promise org.osgi.service.component org.apache.felix.scr; do
  jar=$(basename "$(ls "$home"/bundles/$name-*.jar)")
  cp "$home/bundles/$jar" "$plain/bundles/"
  echo "1 $jar" >> "$plain/bundles/start.list"
done

millis() { date +%s%3N; }

plain_start() { # prints the milliseconds from process start until all bundles are started
  local begin
  begin=$(millis)
  mkfifo "$work/input"
  # shellcheck disable=SC2086
  KETE_EXIT_WITH_STDIN=1 "$java" $options -cp "$home/lib/*" io.kete.launcher.Launcher --home "$plain" --data "$work/data" \
    < "$work/input" 2>&1 | while read -r line; do
      case $line in gateway_started*) echo $(($(millis) - begin)); : > "$work/started" ;; esac
    done &
  exec 9> "$work/input"
  while [ ! -e "$work/started" ]; do sleep 0.05; done
  exec 9>&-
  wait
  rm -rf "$work/input" "$work/started" "$work/data"
}

demo() { # prints milliseconds to the first delivered sample and resident megabytes
  "$home/bin/kete" demo --plain --seconds "$1" --dir "$work/demo" > "$work/demo.out" || { tail -n 20 "$work/demo.out" >&2; exit 1; }
  sed -n 's/^  gateway *\([0-9]*\)  ms .* at most \([0-9]*\) MB resident.*/\1 \2/p' "$work/demo.out"
  rm -rf "$work/demo"
}

median() { sort -n | sed -n "$((($1 + 1) / 2))p"; }

# The first run records which classes it loads, the second makes the archive of them (docs/adr/0006); what is measured are the starts after.
export KETE_CLASSES=$work/classes
read -r unprepared _ < <(demo 20)
read -r preparing _ < <(demo 20)
echo "first start ever $unprepared ms, start that makes the archive of classes $preparing ms, archive $(du -m "$KETE_CLASSES" | tail -n 1 | cut -f 1) MB"
for round in $(seq "$rounds"); do
  plain_start >> "$work/plain.ms"
  read -r first _ < <(demo 20)
  echo "$first" >> "$work/first.ms"
  echo "round $round: plain Felix + SCR $(tail -n 1 "$work/plain.ms") ms, first delivered sample $first ms"
done
yardstick=$(median "$rounds" < "$work/plain.ms")
first=$(median "$rounds" < "$work/first.ms")
echo "memory: a demo of $seconds s"
read -r _ resident < <(demo "$seconds")

ratio=$(awk "BEGIN { printf \"%.2f\", $first / $yardstick }")
verdict=PROVED
awk "BEGIN { exit !($ratio <= $bound_ratio && $resident <= $bound_mb) }" || verdict=FAILED
echo "$verdict footprint: first delivered sample after $first ms = $ratio x plain Felix + SCR ($yardstick ms), bound $bound_ratio x; resident $resident MB after $seconds s, bound $bound_mb MB"
[ "$verdict" = PROVED ]
