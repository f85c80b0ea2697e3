#!/usr/bin/env bash
# SPDX-License-Identifier: EPL-2.0
# From the store to a local broker that confirms each message (QoS 1) the uplink is at least 0.7 x as fast as the MQTT client alone.
set -euo pipefail
count=60000
rounds=7
[ "$KETE_QUICK" = 1 ] && count=20000 && rounds=5
# Debian has it outside of the path of most users
mosquitto=$(PATH=$PATH:/usr/local/sbin:/usr/sbin command -v mosquitto) || { echo "SKIPPED uplink-rate: mosquitto is not installed"; exit 3; }
work=$(mktemp -d "${TMPDIR:-/tmp}/kete-prove-uplink-rate.XXXXXX")
trap 'rm -rf "$work"' EXIT
benchmarks/program build
KETE_PROGRAM_OPTS="-Xmx256m -Dkete.mosquitto=$mosquitto" benchmarks/program io.kete.benchmarks.link.UplinkRate "$work" "$count" "$rounds" \
  2> "$work/err" || { code=$?; tail -n 20 "$work/err" >&2; exit "$code"; }
