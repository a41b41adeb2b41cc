#!/usr/bin/env bash
# scan.sh [FOLDER]: looks for weaknesses in Dockerfiles and workflows, for secrets in any file, and tells what is known of the
# packages. Ends with what the first scanner that finds something ends with. Runs after `setup.sh local scanners`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
bin=$PWD/.venv-scanners/bin
config=$PWD/tests/security/checkov.yaml
baseline=$PWD/tests/security/baseline.json
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

hadolint() { "$bin/hadolint" --failure-threshold info images/*/Dockerfile; }

# Only what is or may become part of the repository, in a folder without the rest.
checkov() {
    git ls-files -z --cached --others --exclude-standard -- . ':!*.csv' ':!*.png' ':!*requirements.txt' ':!*lock.json' ':!*go.sum' |
        tar --create --null --files-from - --ignore-failed-read | tar --extract --directory "$scratch"
    "$bin/checkov" --config-file "$config" --baseline "$baseline" --directory "${1:-$scratch}"
}

# What is known of a package changes without the package, and not every registry tells: this informs and does not fail.
advisories() {
    local known
    for file in jobs notebooks tests tests/security; do
        known=$("$bin/pip-audit" --disable-pip --requirement "$file/requirements.txt" --progress-spinner off 2>&1) ||
            case "$known" in
            *Traceback*) echo "advisory: $file/requirements.txt: the registry tells nothing" ;;
            *) printf 'advisory: %s/requirements.txt\n%s\n' "$file" "$(tail -n 15 <<<"$known")" ;;
            esac
    done
    known=$(npm audit --omit dev 2>&1) || case "$known" in
    *"audit endpoint returned an error"*) echo "advisory: package-lock.json: the registry tells nothing" ;;
    *) printf 'advisory: package-lock.json\n%s\n' "$(tail -n 15 <<<"$known")" ;;
    esac
}

if [ $# -eq 0 ]; then
    hadolint
    advisories
fi
checkov "$@"
