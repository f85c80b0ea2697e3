#!/usr/bin/env bash
# SPDX-License-Identifier: EPL-2.0
# A model of 10 MB, ordered with DEPLOY-V2 and fetched over HTTP, serves within twice the time of its transfer, load and proof apart.
set -euo pipefail
updates=5
[ "$KETE_QUICK" = 1 ] && updates=1
work=$(mktemp -d "${TMPDIR:-/tmp}/kete-prove-update.XXXXXX")
trap 'rm -rf "$work"' EXIT
benchmarks/program build
KETE_PROGRAM_OPTS="-Xmx400m" benchmarks/program io.kete.benchmarks.model.ModelUpdate "$work" "$updates" 2> "$work/err" ||
  { code=$?; grep -A 20 -E '^Exception' "$work/err" >&2 || true; exit "$code"; }
