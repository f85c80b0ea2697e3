#!/usr/bin/env bash
# SPDX-License-Identifier: EPL-2.0
# The gateway of the demo in a control group of 256 MB for an hour: nobody is killed, all that was served arrives; the archive is at most 60 MB.
set -euo pipefail
# The group is the box: the gateway and every process it starts. Plant, broker and centre stand around it and take 150 MB more; together with
# them the demo needs 270 MB, and more the longer it runs, since the centre keeps every sample to compare it.
seconds=3600
[ "$KETE_QUICK" = 1 ] && seconds=120
limit_mb=256 bound_mb=60
skip() { echo "SKIPPED small-box: $*"; exit 3; }

[ "$(id -u)" = 0 ] || skip "needs root for a control group"
./kete --version >/dev/null
home=$(ls -d distribution/kete/target/kete-*/kete-*/ | head -n 1)
archive=$((($(stat -c %s distribution/kete/target/kete-*.tar.gz) + 999999) / 1000000))

group=''
if [ -f /sys/fs/cgroup/cgroup.controllers ]; then
  group=/sys/fs/cgroup/kete-small-box.$$
  { echo +memory > /sys/fs/cgroup/cgroup.subtree_control; mkdir "$group" && echo $((limit_mb << 20)) > "$group/memory.max"; } 2>/dev/null || group=''
  [ -z "$group" ] || echo 0 2>/dev/null > "$group/memory.swap.max" || true
  kills() { sed -n 's/^oom_kill //p' "$group/memory.events"; }
  held() { sed -n 's/^anon //p' "$group/memory.stat"; }
elif [ -d /sys/fs/cgroup/memory ]; then
  group=/sys/fs/cgroup/memory/kete-small-box.$$
  { mkdir "$group" && echo $((limit_mb << 20)) > "$group/memory.limit_in_bytes"; } 2>/dev/null || group=''
  kills() { sed -n 's/^oom_kill //p' "$group/memory.oom_control"; }
  held() { sed -n 's/^rss //p' "$group/memory.stat"; }
fi
[ -n "$group" ] || skip "no control group of memory can be made here"

work=$(mktemp -d "${TMPDIR:-/tmp}/kete-prove-small-box.XXXXXX")
running=''
cleanup() {
  [ -z "$running" ] || { kill "$running" 2>/dev/null && wait "$running"; } || true
  rm -rf "$work"
  for _ in 1 2 3 4 5; do rmdir "$group" 2>/dev/null && break || sleep 1; done
}
trap cleanup EXIT
trap 'exit 143' TERM INT HUP

# the installation of the demo, whose gateway enters the group before it becomes Java
cp -r "$home" "$work/kete"
mv "$work/kete/bin/kete" "$work/kete/bin/kete-itself"
cat > "$work/kete/bin/kete" <<WRAPPER
#!/bin/sh
[ "\$1" != run ] || echo \$\$ > "$group/cgroup.procs"
exec "$work/kete/bin/kete-itself" "\$@"
WRAPPER
chmod +x "$work/kete/bin/kete"

"$work/kete/bin/kete" demo --plain --seconds "$seconds" --dir "$work/demo" > "$work/out" 2>&1 &
running=$!
most=0 inside=0
while kill -0 "$running" 2>/dev/null; do
  now=$(held)
  [ "$now" -le "$most" ] || most=$now
  [ "$inside" -gt 0 ] || inside=$(wc -l < "$group/cgroup.procs")
  sleep 1
done
code=0
wait "$running" || code=$?
running=''
tail -n 16 "$work/out"
number() { sed -n "s/^  $1 *\([0-9][0-9]*\).*/\1/p" "$work/out" | tail -n 1; }
served=$(number served) received=$(number received)
killed=$(kills)
verdict=PROVED
[ "$code" = 0 ] && [ "$inside" -gt 0 ] && [ "${killed:-1}" = 0 ] && [ "${served:-0}" -gt 0 ] && [ "$served" = "$received" ] && [ "$archive" -le "$bound_mb" ] || verdict=FAILED
echo "$verdict small-box: gateway of a demo of $seconds s in $limit_mb MB: exit code $code, $killed processes killed, served ${served:-none}, received exact ${received:-none}, the group held at most $((most >> 20)) MB without file caches; archive with the native parts of both platforms $archive MB, bound $bound_mb MB"
[ "$verdict" = PROVED ]
