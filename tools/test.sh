#!/usr/bin/env bash
# test.sh lint|unit|jobs|e2e|gcp|swarm …: runs the suites that are named; stops at the first that fails. Runs in the
# environment of env.sh, after `setup.sh local`, for gcp `setup.sh local google`, for the swarm `setup.sh dev`. The last line
# counts what passed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

report=$(mktemp -d)
trap 'rm -rf "$report"' EXIT

lint() {
    biome check --error-on-warnings && tsc && ruff check && ruff format --check &&
        tools/actionlint.sh && zizmor --offline --quiet --persona pedantic .github
}

unit() { ava | tee "$report/unit"; }

# -p no:cacheprovider: leaves nothing in the checkout.
jobs() { python -m pytest -q -p no:cacheprovider tests/jobs tests/data tests/notebooks | tee "$report/jobs"; }

e2e() { ava --config tests/e2e/ava.config.js | tee "$report/e2e"; }

gcp() { ava --config tests/e2e/ava.gcp.config.js | tee "$report/gcp"; }

swarm() { ava --config tests/e2e/ava.swarm.config.js | tee "$report/swarm"; }

for suite in "$@"; do
    began=$SECONDS
    echo "== $suite"
    "$suite"
    echo "== $suite: passed in $((SECONDS - began)) s"
done

# "32 tests passed" is ava's way to say it, "71 passed in 107.13s" is pytest's.
passed=$(cat "$report"/* 2>/dev/null | sed -nE 's/^[[:space:]]*([0-9]+) (tests? )?passed.*/\1/p' | paste -sd + - | sed 's/^$/0/')
echo "$((passed)) passed, 0 failed"
