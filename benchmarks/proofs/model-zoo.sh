#!/usr/bin/env bash
# SPDX-License-Identifier: EPL-2.0
# Bad models of more than 25 kinds are refused or rolled back, with the reason told locally and upstream; the old one serves, good ones are let in.
set -euo pipefail
work=$(mktemp -d "${TMPDIR:-/tmp}/kete-prove-zoo.XXXXXX")
trap 'rm -rf "$work"' EXIT
benchmarks/program build
KETE_PROGRAM_OPTS="-Xmx200m -Dorg.slf4j.simpleLogger.logFile=$work/log" benchmarks/program io.kete.benchmarks.model.ModelZoo "$work" 2> "$work/zoo.err" ||
  { code=$?; tail -n 20 "$work/zoo.err" >&2; exit "$code"; }
