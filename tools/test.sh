#!/usr/bin/env bash
# test.sh [lint|unit|security|jobs|e2e|gcp|swarm|sql …]: runs the suites that are named, all of them but sql where none is; stops at
# the first that fails. Unnamed, gcp and swarm are left out, and that is said, on a machine that can have no Go or no Docker engine; named,
# they fail there. Runs in the environment of env.sh, after `setup.sh local notebook`. The last line counts what passed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# shellcheck source=setup/stack-files.sh
. tools/setup/stack-files.sh

report=$(mktemp -d)
trap 'rm -rf "$report"' EXIT

lint() {
    check_stack_files && biome check --error-on-warnings && tsc && ruff check && ruff format --check &&
        PYTHONPATH=jobs/pyspark lint-imports --no-cache &&
        tools/actionlint.sh && zizmor --offline --quiet --persona pedantic .github
}

unit() { ava | tee "$report/unit"; }

security() {
    tools/setup.sh local scanners && tools/scan.sh && ava --config tests/security/ava.config.js | tee "$report/security"
}

# A Spark for each process: four are enough, whatever the cores. -p no:cacheprovider: leaves nothing in the checkout.
jobs() {
    python -m pytest -q -p no:cacheprovider -n auto --maxprocesses 4 --dist loadfile tests/jobs tests/data tests/notebooks |
        tee "$report/jobs"
}

e2e() { ava --config tests/e2e/ava.config.js | tee "$report/e2e"; }

gcp() { if set_up local google; then ava --config tests/e2e/ava.gcp.config.js | tee "$report/gcp"; fi; }

swarm() { if set_up dev browser; then ava --config tests/e2e/ava.swarm.config.js | tee "$report/swarm"; fi; }

# Asked for by name alone, as its set-up takes much time and memory.
sql() { if set_up local sql; then ava --config tests/e2e/ava.sql.config.js | tee "$report/sql"; fi; }

# Brings what a suite needs beyond the others.
set_up() { # STACK EXTRA…
    if tools/setup.sh "$@"; then return; fi
    if [ "$named" != 0 ]; then exit 1; fi
    outcome="LEFT OUT, for the reason above; given up"
    left_out="$left_out; $suite was left out"
    return 1
}

named=$#
left_out=
if [ $# = 0 ]; then set -- lint unit security jobs e2e gcp swarm; fi
for suite in "$@"; do
    began=$SECONDS outcome=passed
    echo "== $suite"
    "$suite"
    echo "== $suite: $outcome in $((SECONDS - began)) s"
done

# "32 tests passed" is ava's way to say it, "71 passed in 107.13s" is pytest's.
passed=$({ cat "$report"/* 2>/dev/null || true; } | sed -nE 's/^[[:space:]]*([0-9]+) (tests? )?passed.*/\1/p' | paste -sd + - | sed 's/^$/0/')
echo "$((passed)) passed, 0 failed$left_out"
