#!/usr/bin/env bash
# SPDX-License-Identifier: EPL-2.0
# Ten key rotations in an outage: the recipient reads every sample afterwards, none of an erased epoch, and no changed bit is accepted.
set -euo pipefail
samples=100000 flips=10000
[ "$KETE_QUICK" = 1 ] && samples=20000 flips=2000
work=$(mktemp -d "${TMPDIR:-/tmp}/kete-prove-rotation.XXXXXX")
trap 'rm -rf "$work"' EXIT
benchmarks/program build
KETE_PROGRAM_OPTS="-Xmx512m -Djava.io.tmpdir=$work" benchmarks/program io.kete.benchmarks.Rotation "$samples" "$flips"
