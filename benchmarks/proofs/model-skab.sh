#!/usr/bin/env bash
# SPDX-License-Identifier: EPL-2.0
# Models fitted elsewhere (scikit-learn on SKAB; its folder in KETE_SKAB, usually ../shared/data/skab) score every row within 1e-5 here.
set -euo pipefail
data=${KETE_SKAB:-$KETE_REPO/../shared/data/skab}
[ -f "$data/anomaly-free.csv" ] || { echo "SKIPPED model-skab: there is no anomaly-free.csv in $data; set KETE_SKAB to a folder with the SKAB files"; exit 3; }
python=
for each in ${KETE_PYTHON:-python3 /usr/bin/python3}; do
  if "$each" -c 'import numpy, onnx, sklearn' 2>/dev/null; then python=$each; break; fi
done
[ -n "$python" ] ||
  { echo "SKIPPED model-skab: no Python with numpy, scikit-learn and onnx; install python3-sklearn and python3-onnx or set KETE_PYTHON"; exit 3; }
work=$(mktemp -d "${TMPDIR:-/tmp}/kete-prove-skab.XXXXXX")
trap 'rm -rf "$work"' EXIT
benchmarks/program build
mkdir "$work/made"
"$python" benchmarks/skab/train.py "$data" "$work/made"
KETE_PROGRAM_OPTS="-Xmx300m" benchmarks/program io.kete.benchmarks.model.SkabModel "$work/made" "$work" 2> "$work/err" ||
  { code=$?; grep -A 20 -E '^Exception' "$work/err" >&2 || true; exit "$code"; }
