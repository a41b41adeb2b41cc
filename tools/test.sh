#!/usr/bin/env bash
# test.sh [lint|unit|security|jobs|e2e|gcp|swarm|sql …]: runs the suites that are named, all of them but sql where none is. A suite that
# fails does not keep the others from running. Unnamed, gcp and swarm are left out, and that is said, on a machine that can have no Go
# or no Docker engine; named, they fail there. Runs in the environment of env.sh, after `setup.sh local notebook`. The last line
# counts what passed and what failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# shellcheck source=setup/common.sh
. tools/setup/common.sh
# shellcheck source=setup/stack-files.sh
. tools/setup/stack-files.sh

report=$(mktemp -d)
trap 'rm -rf "$report"' EXIT

# Checks the types of Python beside everything else: that is half of the time.
lint() {
    local types rest=0
    pyright >"$report/.pyright" &
    types=$!
    lint_rest || rest=$?
    wait "$types" || rest=$?
    cat "$report/.pyright"
    return "$rest"
}

lint_rest() {
    check_stack_files && biome check --error-on-warnings && tsc &&
        depcruise index.ts config components jobs policies provider tools && ruff check && ruff format --check &&
        PYTHONPATH=jobs/pyspark lint-imports --no-cache &&
        tools/actionlint.sh && zizmor --offline --quiet --persona pedantic .github
}

unit() { at_home ava; }

security() { tools/setup.sh local scanners && tools/scan.sh && at_home ava --config tests/security/ava.config.js; }

# A Spark for each process: four are enough, whatever the cores. -p no:cacheprovider: leaves nothing in the checkout.
jobs() {
    at_home python -m pytest -q -p no:cacheprovider -n auto --maxprocesses 4 --dist loadfile tests/jobs tests/data tests/notebooks
}

e2e() { at_home ava --config tests/e2e/ava.config.js; }

gcp() { set_up gcp local notebook google && at_home ava --config tests/e2e/ava.gcp.config.js; }

swarm() { set_up swarm dev browser && at_home ava --config tests/e2e/ava.swarm.config.js; }

# Asked for by name alone, as its set-up takes much time and memory.
sql() { set_up sql local sql && at_home ava --config tests/e2e/ava.sql.config.js; }

# Brings what a suite needs beyond the others.
set_up() { # WHAT STACK EXTRA…
    if tools/setup.sh "${@:2}"; then return; fi
    if [ "$named" != 0 ]; then return 1; fi
    printf '; %s was left out' "$1" >>"$report/.left-out"
    return "$LEFT_OUT"
}

# Runs tests with a home of their own: nothing that they make becomes the user's, and no passphrase, backend or login of the user's
# makes them pass. Only what was downloaded or built is shared.
at_home() { # COMMAND [ARGUMENT…]
    local plugins=$PULUMI_HOME/plugins
    mkdir -p "$report/home/.pulumi" "$plugins"
    ln -sfn "$plugins" "$report/home/.pulumi/plugins"
    env -u PULUMI_BACKEND_URL -u PULUMI_CONFIG_PASSPHRASE -u PULUMI_CONFIG_PASSPHRASE_FILE -u PULUMI_ACCESS_TOKEN -u PULUMI_HOME \
        -u GOOGLE_APPLICATION_CREDENTIALS -u CLOUDSDK_CONFIG \
        LONDON_POWER_CACHE="$cache" \
        XDG_CACHE_HOME="${XDG_CACHE_HOME:-$HOME/.cache}" XDG_CONFIG_HOME="$report/home/.config" \
        GOPATH="${GOPATH:-$HOME/go}" GOENV="${GOENV:-${XDG_CONFIG_HOME:-$HOME/.config}/go/env}" \
        npm_config_cache="${npm_config_cache:-$HOME/.npm}" npm_config_userconfig="${npm_config_userconfig:-$HOME/.npmrc}" \
        DOCKER_CONFIG="${DOCKER_CONFIG:-$HOME/.docker}" HOME="$report/home" "$@"
}

named=$#
failed=
LEFT_OUT=75 # no program that runs here ends so
if [ $# = 0 ]; then set -- lint unit security jobs e2e gcp swarm; fi
for suite in "$@"; do
    began=$SECONDS code=0
    echo "== $suite"
    "$suite" | tee "$report/$suite" || code=$?
    case $code in
    0) outcome=passed ;;
    "$LEFT_OUT") outcome="LEFT OUT, for the reason above; given up" ;;
    *)
        outcome=FAILED
        failed="$failed $suite"
        ;;
    esac
    echo "== $suite: $outcome in $((SECONDS - began)) s"
done

# "32 tests passed" and "1 test failed" are ava's way to say it, "2 failed, 71 passed in 107.13s" is pytest's.
count() { # passed|failed
    { cat "$report"/* 2>/dev/null || true; } | sed -nE "s/^[[:space:]]*([0-9]+ (failed|error|errors), )?([0-9]+) (tests? |uncaught exceptions? )?$1.*/\3/p" |
        paste -sd + - | sed 's/^$/0/'
}

tests_failed=$(($(count failed)))
if [ -n "$failed" ]; then
    echo "FAILED:$failed" >&2
    # What failed, once more: the end of a long log is what its reader sees first.
    for suite in $failed; do
        grep -E '✘|[Tt]imed out while|tests? (was|were) pending|^(FAILED|ERROR) ' "$report/$suite" | sed "s/^ */  $suite: /" >&2 || tail -n 20 "$report/$suite" >&2
    done
    # A suite can also fail without a test that did, such as lint.
    if [ "$tests_failed" = 0 ]; then tests_failed=$(wc -w <<<"$failed"); fi
fi
echo "$(($(count passed))) passed, $((tests_failed)) failed$(cat "$report/.left-out" 2>/dev/null || true)"
[ -z "$failed" ]
