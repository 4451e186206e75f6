#!/usr/bin/env bash
# Shows that the tar.gz of `mvn package` runs where there is a JRE and nothing else: no compiler, no Maven, no git, an empty home; unpacked into a folder with a
# space in its name, started through a link to a link, from another folder. The JRE is made of the running JDK by jlink, without jdk.compiler.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/ppflow-distribution.XXXXXX")
trap 'rm -rf "$work"' EXIT

fail() {
  printf 'distribution: %s\n' "$*" >&2
  exit 1
}

# says TEXT PATTERN: what a command said has a line like that.
says() {
  grep -qE -- "$2" <<<"$1" || fail "expected /$2/ in:"$'\n'"$1"
}

shopt -s nullglob
archives=("$root"/ppflow/dist/target/ppflow-*.tar.gz)
shopt -u nullglob
[ "${#archives[@]}" -eq 1 ] || fail "found ${#archives[@]} of ppflow/dist/target/ppflow-*.tar.gz; expected one: mvn package"
archive=${archives[0]}

echo "the tar.gz has fixed owners, modes and times"
listing=$(tar --numeric-owner -tvzf "$archive")
odd=$(awk '$2 != "0/0" || $1 !~ /^(-rw-r--r--|-rwxr-xr-x|drwxr-xr-x)$/' <<<"$listing")
[ -z "$odd" ] || fail "entries with other owners or modes: $odd"
[ "$(awk '{print $4, $5}' <<<"$listing" | sort -u | wc -l)" -eq 1 ] || fail 'entries have different times'
[ "$(grep -c '^-rwx' <<<"$listing")" -eq 1 ] || fail 'expected one executable, bin/ppflow'

mkdir -p "$work/un packed" "$work/home" "$work/elsewhere" "$work/path" "$work/tmp"
tar -xzf "$archive" -C "$work/un packed"
unpacked=$(echo "$work/un packed"/ppflow-*)

echo "NOTICE names every library"
for jar in "$unpacked"/lib/*.jar; do
  name=$(basename "$jar" .jar | sed -E 's/-[0-9][0-9A-Za-z.]*(-.*)?$//')
  case $name in
    ppflow-*) ;;
    *) grep -qE "(^|[ ,:])$name([ ,;.]|$)" "$unpacked/NOTICE" || fail "NOTICE does not name $name" ;;
  esac
done

# What a JRE has, and no more; the command fails here if a class outside it is needed.
jlink --add-modules java.se,jdk.unsupported,jdk.management --strip-debug --no-header-files --no-man-pages --output "$work/jre"
if "$work/jre/bin/java" --list-modules | grep -q '^jdk\.compiler'; then fail 'the JRE has a compiler'; fi
ln -s "$unpacked/bin/ppflow" "$work/path/ppflow-link"
ln -s ppflow-link "$work/path/ppflow"
# The tools that the launcher uses, and no more.
for tool in sh sed head dirname readlink; do
  ln -s "$(command -v "$tool")" "$work/path/$tool"
done
env=$(command -v env)
alone() {
  (cd "$work/elsewhere" && exec "$env" -i HOME="$work/home" TMPDIR="$work/tmp" PATH="$work/path" JAVA_HOME="$work/jre" "$@")
}

echo "--version says version, commit and libraries"
said=$(alone ppflow --version)
commit=$(git -C "$root" rev-parse HEAD 2>/dev/null || true)
[ -z "$commit" ] || says "$said" "^ppflow [0-9.]+[^ ]* \(commit ${commit:0:12}"
says "$said" '^TensorFlow Java [0-9.]+ with natives for [a-z0-9_-]+, OpenBLAS'
says "$said" '^Java (1[7-9]|[2-9][0-9])'

echo "commands to be copied begin as it was started"
says "$(alone ppflow quickstart --help)" '^Example: ppflow quickstart'
says "$(alone ../path/ppflow-link quickstart --help)" '^Example: \.\./path/ppflow-link quickstart'

echo "doctor loads TensorFlow"
said=$(alone ppflow doctor)
says "$said" '^tensorflow .*natives load'

echo "a small quickstart runs, and is found done"
small=(quickstart --threads 1 --set training.images=64 --set training.batch=16 --set training.checkpoint_every=4 --set model.depth=1
  --set model.hidden=16 --set model.heads=2 --set classifier.steps=10 --set sampling.count=8 --set sampling.batch=8 --set sampling.steps=2)
alone ppflow "${small[@]}" >"$work/table.txt" 2>"$work/errors.txt" || fail "$(cat "$work/errors.txt")"
says "$(cat "$work/table.txt")" 'label agreement'
[ -s "$work/elsewhere/runs/quickstart/report.html" ] || fail 'there is no report'
[ -z "$commit" ] || says "$(cat "$work/elsewhere/runs/quickstart/provenance.json")" "\"commit\" : \"$commit\""
alone ppflow "${small[@]}" >"$work/again.txt" 2>"$work/errors.txt"
says "$(cat "$work/errors.txt")" 'is finished; nothing was done again'

echo "published tables are found beside it"
says "$(alone ppflow table 1)" 'PPF'

echo "SIGTERM arrives at Java, and training is saved"
(cd "$work/elsewhere" && exec "$env" -i HOME="$work/home" TMPDIR="$work/tmp" PATH="$work/path" JAVA_HOME="$work/jre" \
  ppflow "${small[@]}" --set name=long --set training.images=1600000) >"$work/long.txt" 2>&1 &
# The launcher replaces itself: this is the number of Java, too.
java=$!
for _ in $(seq 600); do
  [ ! -d "$work/elsewhere/runs/long/models/sit/checkpoints/00000004" ] || break
  kill -0 "$java" 2>/dev/null || fail "$(cat "$work/long.txt")"
  sleep 0.2
done
kill -TERM "$java"
code=0
wait "$java" || code=$?
[ "$code" -eq 143 ] || fail "a training that SIGTERM ended has the code $code"
says "$(cat "$work/long.txt")" 'stopped, and what was done is saved'

echo "what is missing is said"
printf '#!/bin/sh\necho "openjdk version \\"11.0.2\\" 2019-01-15" >&2\n' >"$work/old"
chmod +x "$work/old"
mkdir -p "$work/java11/bin"
mv "$work/old" "$work/java11/bin/java"
code=0
said=$(alone "$env" JAVA_HOME="$work/java11" ppflow --version 2>&1) || code=$?
[ "$code" -eq 1 ] || fail "an old Java ended with $code"
says "$said" 'is Java 11; a JRE or JDK, 17 or newer, is needed'
code=0
said=$(alone "$env" -u JAVA_HOME ppflow --version 2>&1) || code=$?
[ "$code" -eq 1 ] || fail "no Java ended with $code"
says "$said" 'no Java found; a JRE or JDK, 17 or newer, is needed'
code=0
said=$(alone "$env" PPFLOW_EXTENSIONS=nothing.jar ppflow --version 2>&1) || code=$?
[ "$code" -eq 2 ] || fail "an extension that is not there ended with $code"
says "$said" 'PPFLOW_EXTENSIONS: found nothing at nothing.jar'

echo "the distribution runs with a JRE alone"
