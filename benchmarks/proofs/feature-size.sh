#!/usr/bin/env bash
# SPDX-License-Identifier: EPL-2.0
# What each feature takes on the disk and in memory, without Java; the package for one platform is at most 60 MB.
set -euo pipefail
# Memory: the gateway with the demo's configuration, its device and broker away, 20 s after its start, without the archive of classes; first
# container and core, then one feature after the other, in the order of what they need. What samples in flight take is not in it.
rounds=3 settle=20
[ "$KETE_QUICK" = 1 ] && rounds=1 settle=8
bound=60

benchmarks/packages
./kete --version >/dev/null
home=$(ls -d distribution/kete/target/kete-*/kete-*/ | head -n 1)
largest=0
for deb in distribution/deb/target/kete_*_*.deb; do
  size=$(($(stat -c %s "$deb") / 100000))
  [ "$size" -le "$largest" ] || largest=$size
  echo "$((size / 10)).$((size % 10)) MB $(basename "$deb")"
done

work=$(mktemp -d "${TMPDIR:-/tmp}/kete-prove-feature-size.XXXXXX")
running=''
cleanup() {
  [ -z "$running" ] || { kill "$running" 2>/dev/null && wait "$running"; } || true
  rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 143' TERM INT HUP
"$home/bin/kete" demo --plain --seconds 20 --dir "$work/demo" > "$work/out" || { tail -n 20 "$work/out"; echo "FAILED feature-size: the demo"; exit 1; }
cp -r "$home" "$work/kete"
start=$work/kete/bundles/start.list
case $(uname -m) in x86_64) native=x86_64 other=aarch64 ;; *) native=aarch64 other=x86_64 ;; esac
grep -v "linux\.$other-" "$start" > "$work/all"

bundles() { # FEATURE: its bundles' names, from the list of features
  sed -n "s/^\([^ |]*|\)\{0,1\}$1 //p" "$home/bundles/features.list" | head -n 1 | tr ' ' '\n' | sed 's/@.*//'
}
features='kete-camel+kete-route kete-driver-simulator kete-driver-modbus kete-model-runtime'
features="$features kete-onnxruntime-linux-$native"

jars() { # FEATURE+FEATURE: kilobytes of the bundles
  local sum=0 feature name jar
  for feature in ${1//+/ }; do
    for name in $(bundles "$feature"); do
      for jar in "$home"/bundles/"$name"-[0-9]*.jar; do [ ! -f "$jar" ] || sum=$((sum + $(stat -c %s "$jar"))); done
    done
  done
  echo $((sum / 1000))
}

resident() { # kilobytes, of a gateway with the present start list
  rm -rf "$work/data"
  mkdir "$work/data"
  for part in user security policy; do [ ! -e "$work/demo/gateway/$part" ] || cp -r "$work/demo/gateway/$part" "$work/data/"; done
  KETE_CLASSES=off "$work/kete/bin/kete" run --data "$work/data" > "$work/gateway.log" 2>&1 &
  running=$!
  for _ in $(seq 300); do grep -q '^gateway_started\|gateway_started ' "$work/gateway.log" && break; sleep 0.1; done
  sleep "$settle"
  kilobytes=$(awk '/^VmRSS:/ { print $2 }' "/proc/$running/status")
  kill "$running"
  wait "$running" || true
  running=''
}

missing=''
for feature in ${features//+/ }; do missing="$missing $(bundles "$feature")"; done
present=''
before=0
printf '%-34s %9s %9s\n' 'with, besides what is above' 'jars kB' 'memory MB'
for step in 'container+kete-core' $features; do
  for feature in ${step//+/ }; do present="$present $(bundles "$feature")"; done
  while read -r line; do
    name=$(sed 's/^[0-9] //; s/-[0-9][0-9.]*\.jar$//' <<< "$line")
    if grep -qxF "$name" <(tr ' ' '\n' <<< "$missing") && ! grep -qxF "$name" <(tr ' ' '\n' <<< "$present"); then continue; fi
    echo "$line"
  done < "$work/all" > "$start"
  : > "$work/figures"
  for _ in $(seq "$rounds"); do
    resident
    echo "$kilobytes" >> "$work/figures"
  done
  now=$(sort -n "$work/figures" | sed -n "$(((rounds + 1) / 2))p")
  if [ "$step" = container+kete-core ]; then
    size=$(($(awk '/^[0-9]/ { print $2 }' "$start" | sed "s|^|$home/bundles/|" | xargs -r stat -c %s 2>/dev/null | awk '{ s += $1 } END { print s }') / 1000))
  else
    size=$(jars "$step")
  fi
  printf '%-34s %9d %9s\n' "$step" "$size" "$(awk "BEGIN { printf \"%+.1f\", ($now - $before) / 1024 }")"
  before=$now
done
verdict=PROVED
[ "$largest" -le $((bound * 10)) ] || verdict=FAILED
echo "$verdict feature-size: largest package for one platform $((largest / 10)).$((largest % 10)) MB without Java, bound $bound MB; gateway with all features, idle, $((before / 1024)) MB resident"
[ "$verdict" = PROVED ]
