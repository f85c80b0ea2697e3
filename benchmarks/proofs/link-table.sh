#!/usr/bin/env bash
# SPDX-License-Identifier: EPL-2.0
# Over a link that is off and on by a table, late and lossy, all that was accepted arrives, in order in each lane; KETE_UNSCALED=1 for real minutes.
set -euo pipefail
minute=1000
table=5/5x5,10/10x3,30/30x2,5/20x3
late=40
[ "$KETE_QUICK" = 1 ] && table=5/5x3,5/20x1 && late=16
# one row with real minutes and the usual keep-alive takes 50 minutes
[ "${KETE_UNSCALED:-0}" = 1 ] && minute=60000 && table=5/5x5 && late=0
# Debian has it outside of the path of most users
mosquitto=$(PATH=$PATH:/usr/local/sbin:/usr/sbin command -v mosquitto) || { echo "SKIPPED link-table: mosquitto is not installed"; exit 3; }
work=$(mktemp -d "${TMPDIR:-/tmp}/kete-prove-link-table.XXXXXX")
trap 'rm -rf "$work"' EXIT
benchmarks/program build
KETE_PROGRAM_OPTS="-Xmx256m -Dkete.mosquitto=$mosquitto" benchmarks/program io.kete.benchmarks.link.LinkTable "$work" "$minute" "$table" "$late" \
  2> "$work/err" || { code=$?; tail -n 20 "$work/err" >&2; exit "$code"; }
