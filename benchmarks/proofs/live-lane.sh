#!/usr/bin/env bash
# SPDX-License-Identifier: EPL-2.0
# Beside a backlog of 1,000,000 samples on a link of 64 kbit/s, 99 of 100 live samples are behind the broker 2 s after their capture; KETE_BACKLOG_DELAY=ms tries another worth in flight.
set -euo pipefail
backlog=1000000
seconds=120
[ "$KETE_QUICK" = 1 ] && backlog=100000 && seconds=40
# Debian has it outside of the path of most users
mosquitto=$(PATH=$PATH:/usr/local/sbin:/usr/sbin command -v mosquitto) || { echo "SKIPPED live-lane: mosquitto is not installed"; exit 3; }
work=$(mktemp -d "${TMPDIR:-/tmp}/kete-prove-live-lane.XXXXXX")
trap 'rm -rf "$work"' EXIT
benchmarks/program build
KETE_PROGRAM_OPTS="-Xmx256m -Dkete.backlog.delay=${KETE_BACKLOG_DELAY:-1000} -Dkete.mosquitto=$mosquitto" benchmarks/program io.kete.benchmarks.link.LiveLane "$work" "$backlog" "$seconds" \
  2> "$work/err" || { code=$?; tail -n 20 "$work/err" >&2; exit "$code"; }
