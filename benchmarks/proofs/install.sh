#!/usr/bin/env bash
# SPDX-License-Identifier: EPL-2.0
# In a fresh Debian root: install the .deb, provision one of 50, first sample at a broker outside, doctor clean, upgrade and return, remove, purge leaves nothing.
set -euo pipefail
# The full form takes Debian's Java and systemd's targets, and tries an unhealthy version too; --quick copies this machine's Java and takes packages built already.
#
# It runs with mounts and processes of its own, which end with it. The root is a tmpfs there; nothing of the machine is mounted into it.
deb=distribution/deb/target/kete_1.0.0_$(dpkg --print-architecture 2>/dev/null || true).deb
work=''
skip() { echo "SKIPPED install: $*"; exit 3; }
fail() { echo "FAILED install: $*"; exit 1; }
say() { echo "$(($(date +%s) - begin)) s: $*"; }

if [ "${KETE_PROVE_APART:-0}" = 0 ]; then
  [ "$(id -u)" = 0 ] || skip "needs root"
  for tool in debootstrap dpkg-deb mosquitto mosquitto_sub openssl unshare python3; do
    command -v "$tool" >/dev/null 2>&1 || skip "needs $tool"
  done
  case $(dpkg --print-architecture) in amd64|arm64) ;; *) skip "there is no package for this platform" ;; esac
  apart=(unshare --mount --propagation private --pid --fork --kill-child --mount-proc)
  "${apart[@]}" true 2>/dev/null || skip "mounts and processes of its own are not allowed here"
  [ "$(awk '/^MemAvailable/ { print $2 }' /proc/meminfo)" -gt 3000000 ] || skip "needs 3 GB of memory for the root"
  if [ "$KETE_QUICK" = 0 ] || [ ! -f "$deb" ]; then benchmarks/packages; fi
  [ -f "$deb" ] || fail "the build made no $deb"
  KETE_PROVE_APART=1 exec "${apart[@]}" bash "$0"
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/kete-prove-install.XXXXXX")
root=$work/root
cleanup() {
  local process
  for process in /proc/[0-9]*; do
    if [ "$(readlink "$process/root" 2>/dev/null)" = "$root" ]; then kill -KILL "${process#/proc/}" 2>/dev/null || true; fi
  done
  [ -z "${broker:-}" ] || kill "$broker" 2>/dev/null || true
  cd /
  for mounted in "$root/media/usb" "$root/proc" "$root/sys" "$root"; do
    for _ in 1 2 3 4 5; do umount "$mounted" 2>/dev/null || ! grep -qF " $mounted " /proc/mounts || { sleep 1; continue; }; break; done
  done
  if grep -qF " $work" /proc/mounts; then
    echo "still mounted, so $work is left as it is:"
    grep -F " $work" /proc/mounts
  else
    rm -rf --one-file-system "$work"
  fi
}
trap cleanup EXIT
trap 'exit 143' TERM INT HUP
begin=$(date +%s)
mkdir "$root"
mount -t tmpfs -o size=2500m,mode=755 kete-prove "$root"
inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "$@"; }

packages=passwd
[ "$KETE_QUICK" = 1 ] || packages=passwd,openjdk-17-jre-headless,systemd
timeout $((KETE_QUICK ? 150 : 300)) debootstrap --variant=minbase --include="$packages" bookworm "$root" > "$work/debootstrap.log" 2>&1 \
  || { tail -n 3 "$work/debootstrap.log"; skip "debootstrap got no Debian from the mirror"; }
grep -qF " $root/proc " /proc/mounts || mount -t proc proc "$root/proc"
while read -r name major minor; do
  [ -c "$root/dev/$name" ] || { rm -f "$root/dev/$name"; mknod -m 666 "$root/dev/$name" c "$major" "$minor"; }
done <<< $'null 1 3\nzero 1 5\nfull 1 7\nrandom 1 8\nurandom 1 9\ntty 5 0'
say "fresh root, $(du -smx "$root" | cut -f 1) MB"
if [ "$KETE_QUICK" = 1 ]; then
  # a package that stands for the Java runtime, and a copy of this machine's in its place
  java=$(readlink -f "$(command -v "${KETE_JAVA:-${JAVA_HOME:+$JAVA_HOME/bin/}java}")")
  mkdir -p "$root/usr/lib/jvm/lent" "$work/jre/DEBIAN" "$work/jre/usr/bin"
  for part in bin lib conf release; do
    [ ! -e "${java%/bin/java}/$part" ] || cp -a "${java%/bin/java}/$part" "$root/usr/lib/jvm/lent/"
  done
  # where Debian keeps the settings of its runtime
  for settings in /etc/java-*-openjdk; do [ ! -d "$settings" ] || cp -a "$settings" "$root/etc/"; done
  inside /usr/lib/jvm/lent/bin/java -version > "$work/java.log" 2>&1 || skip "this machine's Java does not run in Debian 12; try without --quick"
  ln -s /usr/lib/jvm/lent/bin/java "$work/jre/usr/bin/java"
  printf '%s\n' 'Package: lent-java' 'Version: 17' 'Architecture: all' 'Maintainer: none <none@localhost>' 'Provides: java17-runtime-headless' \
    'Description: the runtime of the machine around' > "$work/jre/DEBIAN/control"
  dpkg-deb -b "$work/jre" "$root/lent-java.deb" >/dev/null
  inside dpkg -i /lent-java.deb >/dev/null
  rm "$root/lent-java.deb"
fi

# what belongs to the package has to be gone afterwards, and nothing else changed; dpkg and the tools for users keep books of their own
list() {
  (cd "$root" && find . -xdev \( -path ./proc -o -path ./dev -o -path ./media -o -path ./var/log/dpkg.log -o -path './var/lib/dpkg/*' \
    -o -path './etc/*-' -o -path ./etc/.pwd.lock \) -prune -o -printf '%y %m %U:%G %p %l\n' | sort)
  (cd "$root" && find ./etc -type f -not -name '*-' -not -name .pwd.lock -exec sha256sum {} + | sort)
}
list > "$work/before"

# a broker outside, and the gateways that template and table of the source tree make
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
printf 'listener %s 127.0.0.1\nallow_anonymous true\n' "$port" > "$work/mosquitto.conf"
mosquitto -c "$work/mosquitto.conf" > "$work/mosquitto.log" 2>&1 &
broker=$!
mkdir -p "$root/media/usb"
mount -t tmpfs -o size=64m stick "$root/media/usb"
stick=$root/media/usb
cp -r kura-config/template "$stick/template"
mkdir -p "$stick/template/anchors/policy" "$stick/template/certificates"
certificate() { # NAME, KEY USAGE, FILE
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 365 -subj "/CN=$1" \
    -addext "keyUsage=critical,$2" -keyout "$stick/$1.key" -out "$3" 2>/dev/null
}
certificate site digitalSignature "$stick/template/anchors/policy/site.pem"
certificate centre keyAgreement "$stick/template/certificates/centre.pem"
sed -i 's/"period.ms": "1000"/"period.ms": "100"/; s/"retry.seconds": "10"/"retry.seconds": "2"/' "$stick/template/gateway.json"
{
  echo 'gateway,site,pump.seed,broker.url,status.port'
  for i in $(seq 50); do printf 'gw-%02d,"House %d, left",%d,mqtt://127.0.0.1:%d,0\n' "$i" "$i" "$i" "$port"; done
} > "$stick/gateways.csv"
echo 'broker.password=not-needed' > "$stick/secrets"

install() { # MESSAGE; installs what lies at /kete.deb
  inside dpkg -i /kete.deb >> "$work/dpkg.log" 2>&1 || { tail -n 20 "$work/dpkg.log"; fail "$1"; }
}
cp "$deb" "$root/kete.deb"
install "dpkg -i"
say "installed: package $(du -m --apparent-size "$deb" | cut -f 1) MB, unpacked $(du -sm --apparent-size "$root/usr/lib/kete" | cut -f 1) MB"
inside kete policy sign --key /media/usb/site.key --cert /media/usb/template/anchors/policy/site.pem /media/usb/template/policy.json
inside kete provision --template /media/usb/template --csv /media/usb/gateways.csv --out /media/usb/gateways
[ "$(find "$stick/gateways" -mindepth 1 -maxdepth 1 -type d | wc -l)" = 50 ] || fail "template and table do not make 50 gateways"
mount -o remount,ro "$root/media/usb"
if touch "$stick/probe" 2>/dev/null; then fail "the medium can be written"; fi
inside kete provision /media/usb/gateways/gw-17 --secrets /media/usb/secrets
inside kete provision /media/usb/gateways/gw-17 --secrets /media/usb/secrets | grep "nothing was changed" || fail "provisioned twice is not the same as once"
umount "$root/media/usb"
rmdir "$root/media/usb"
say "provisioned from a read-only medium that is gone now"

topic=water-works/gw-17/PUMP/pump-1
sample() { mosquitto_sub -p "$port" -t "$topic" -C 1 -W "$1" -F '%l bytes on %t'; }
process() { cat "$root/var/lib/kete/run/kete.pid"; }
sample 120 > "$work/sample" &
listener=$!
inside kete start --wait 120
wait "$listener" || { tail -n 20 "$root"/var/lib/kete/log/*; fail "no sample arrived"; }
say "first sample: $(cat "$work/sample")"
pid=$(process)
user=$(awk '/^Uid:/ { print $2 }' "/proc/$pid/status")
[ "$user" = "$(stat -c %u "$root/var/lib/kete")" ] && [ "$user" != 0 ] || fail "the gateway runs as user $user"
inside kete doctor || fail "doctor is not clean"
inside kete status --settle 30 || fail "status"

# upgrades: a good one keeps data and a changed configuration file; one that does not start, or is not healthy, leads back
repack() { # VERSION, CHANGE
  rm -rf --one-file-system "$work/repack"
  dpkg-deb -R "$deb" "$work/repack"
  sed -i "s/^Version:.*/Version: $1/" "$work/repack/DEBIAN/control"
  "${2:-true}" "$work/repack/usr/lib/kete/app/bundles/start.list"
  dpkg-deb -Zgzip -z1 --root-owner-group -b "$work/repack" "$root/kete.deb" >/dev/null
}
missing_file() { sed -i 's/^3 io.kete.status-.*/3 io.kete.nothing-1.jar/' "$1"; }
missing_bundle() { sed -i '/^3 io.kete.uplink.cloud-/d' "$1"; }
runs() { # DIRECTORY below /usr/lib/kete, SENTENCE
  [ "$(readlink "$root/usr/lib/kete/current")" = "$1" ] || fail "$2: the link leads to another version"
  local now
  now=$(process)
  [ "$now" != "$pid" ] && tr '\0' ' ' < "/proc/$now/cmdline" | grep -q "/usr/lib/kete/$1/lib" || fail "$2: another version runs"
  pid=$now
  sample 60 >/dev/null || fail "$2: no sample"
  say "$2"
}
refused() { # VERSION, CHANGE, SENTENCE
  repack "$1" "$2"
  if inside dpkg -i /kete.deb >> "$work/dpkg.log" 2>&1; then fail "$3: passed the gate"; fi
  runs previous "$3: the former one runs again"
}
accepted=$(find "$root/var/lib/kete/buffer" -type f | wc -l)
echo '# mine' >> "$root/etc/kete/kete.env"
repack 1.0.1
install "the upgrade"
grep -q '# mine' "$root/etc/kete/kete.env" || fail "the upgrade lost a changed configuration file"
[ "$(find "$root/var/lib/kete/buffer" -type f | wc -l)" -ge "$accepted" ] || fail "the upgrade lost stored data"
runs app "upgraded, healthy"
refused 1.0.2 missing_file "a version that does not start"
[ "$KETE_QUICK" = 1 ] || refused 1.0.3 missing_bundle "a version without a way to the broker"
repack 1.0.4
install "the upgrade after a refused one"
runs app "upgraded after a refused one"

if command -v systemd-analyze >/dev/null; then
  unit=$root/lib/systemd/system/kete.service
  systemd-analyze --root="$root" --man=no verify "$unit" > "$work/verify" 2>&1 || true
  # the small root of --quick has no systemd and none of its targets
  if grep kete.service "$work/verify" | grep -v 'sysinit.target not found'; then fail "systemd complains about the unit"; fi
  systemd-analyze security --offline=yes --no-pager --threshold=30 "$unit" > "$work/security" 2>&1 || fail "the unit is too open: $(tail -n 1 "$work/security")"
  say "unit verified; $(sed -n 's/.*Overall exposure level for kete.service: \([0-9.]*\).*/exposure \1 of 10, bound 3/p' "$work/security")"
else
  say "no systemd-analyze here, the unit was not looked at"
fi

inside dpkg -r kete >> "$work/dpkg.log" 2>&1 || { tail -n 20 "$work/dpkg.log"; fail "removal"; }
[ ! -e "/proc/$pid" ] || fail "the gateway runs after its removal"
[ -d "$root/var/lib/kete/user" ] && grep -q '# mine' "$root/etc/kete/kete.env" || fail "removal does not keep data and configuration"
[ ! -e "$root/usr/lib/kete" ] || fail "removal leaves programs"
inside dpkg -P kete >> "$work/dpkg.log" 2>&1 || { tail -n 20 "$work/dpkg.log"; fail "purge"; }
rm "$root/kete.deb"
list > "$work/after"
diff "$work/before" "$work/after" > "$work/left" || { cat "$work/left"; fail "$(grep -c '^[<>]' "$work/left") traces left after the purge"; }
for process in /proc/[0-9]*; do
  [ "$(readlink "$process/root" 2>/dev/null)" != "$root" ] || fail "a process is left"
done
echo "PROVED install: installed, one of 50 gateways provisioned, first sample delivered, doctor clean, 2 upgrades taken, $((2 - KETE_QUICK)) bad ones led back, 0 traces after the purge; $(($(date +%s) - begin)) s"
