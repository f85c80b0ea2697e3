#!/usr/bin/env bash
# SPDX-License-Identifier: EPL-2.0
# SIGKILL at every step of the life of a model, in judging, telling, swapping and writing: one known-good version serves at once.
set -euo pipefail
kills=all
[ "$KETE_QUICK" = 1 ] && kills=once
work=$(mktemp -d "${TMPDIR:-/tmp}/kete-prove-swap-kills.XXXXXX")
trap 'rm -rf "$work"' EXIT
benchmarks/program build
KETE_PROGRAM_OPTS="-Xmx200m" benchmarks/program io.kete.benchmarks.model.SwapKills "$work" "$kills" 2> "$work/err" ||
  { code=$?; grep -A 20 -E '^Exception' "$work/err" >&2 || true; exit "$code"; }
