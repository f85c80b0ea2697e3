#!/usr/bin/env bash
# SPDX-License-Identifier: EPL-2.0
# Two builds of one commit, in two clones in different folders, give the same repository, byte for byte, its signature included.
set -euo pipefail
directory=$(mktemp -d "${TMPDIR:-/tmp}/kete-prove-reproducible.XXXXXX")
trap 'rm -rf "$directory"' EXIT
commit=$(git rev-parse HEAD)
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=release -keyout "$directory/key.pem" -out "$directory/cert.pem" 2>/dev/null
signed=("-Drepository.key=$directory/key.pem" "-Drepository.certificate=$directory/cert.pem")
build() {
  local clone=$1
  shift
  mkdir -p "$(dirname "$clone")"
  git clone -q "$KETE_REPO" "$clone"
  git -C "$clone" -c advice.detachedHead=false checkout -q "$commit"
  (cd "$clone" && mvn -B -q -DskipTests "${signed[@]}" "$@" package >"$directory/log" 2>&1) || {
    tail -n 30 "$directory/log"
    echo "FAILED reproducible: a build failed"
    exit 1
  }
}
modules=(-pl distribution/materials,distribution/repository -am)
if [ "$KETE_QUICK" = 1 ]; then
  # the parts of the repository alone: its bundles come from the local Maven repository
  modules=(-pl features,distribution/materials,distribution/repository)
fi
build "$directory/one" "${modules[@]}"
build "$directory/a/deeper/folder" "${modules[@]}"
one=$directory/one/distribution/repository/target/repository
two=$directory/a/deeper/folder/distribution/repository/target/repository
files=$(cd "$one" && find . -type f | wc -l)
bytes=$(du -sb "$one" | cut -f 1)
differ=$(diff -rq "$one" "$two" | tee /dev/stderr | wc -l)
sums=0
(cd "$one" && sha256sum -c --quiet SHA256SUMS) || sums=1
openssl cms -verify -binary -inform DER -in "$one/SHA256SUMS.p7s" -content "$one/SHA256SUMS" -CAfile "$directory/cert.pem" -purpose any -out /dev/null 2>"$directory/cms" || { cat "$directory/cms"; sums=1; }
verdict=FAILED
[ "$files" -gt 20 ] && [ "$differ" = 0 ] && [ "$sums" = 0 ] && verdict=PROVED
echo "$verdict reproducible: $files files, $bytes bytes, $differ differ, sums and signature checked by sha256sum and openssl with $sums failures; bound: more than 20 files, 0 differ, 0 failures"
[ "$verdict" = PROVED ]
