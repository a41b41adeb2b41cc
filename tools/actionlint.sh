#!/usr/bin/env bash
# actionlint.sh [ARGUMENT…]: runs actionlint over the workflows of .github. Brings the version that is pinned here first: the
# published program, or where that is out of reach the same built with Go from its module.
set -euo pipefail

setup=$(cd "$(dirname "${BASH_SOURCE[0]}")/setup" && pwd)
for part in common versions once progress detect; do
    # shellcheck source=/dev/null
    . "$setup/$part.sh"
done

home=$cache/actionlint-$actionlint_version-$(platform)

actionlint_into() { # SCRATCH
    progress --may-fail "actionlint $actionlint_version: github.com" "$cache/log/actionlint.log" actionlint_from_site "$1" ||
        actionlint_from_module "$1"
}

actionlint_from_site() { # SCRATCH
    local archive
    archive=actionlint_${actionlint_version}_$(platform | sed 's/-x64$/-amd64/; s/-/_/').tar.gz
    actionlint_sums >"$1/sums"
    fetch "https://github.com/rhysd/actionlint/releases/download/v$actionlint_version/$archive" "$1/$archive" &&
        verified "$1/$archive" "$1/sums" &&
        tar -xzf "$1/$archive" -C "$1" actionlint &&
        rm "$1/$archive" "$1/sums"
}

actionlint_from_module() { # SCRATCH
    local missing
    missing=$(go_problem)
    [ -z "$missing" ] || die "actionlint is out of reach, and to build it, $missing. Install Go $go_minimum: https://go.dev/dl/"
    # Go verifies the module's sum by its public database.
    progress "actionlint $actionlint_version: building it with Go (once; 10 to 40 seconds)" "$cache/log/actionlint.log" \
        env GOBIN="$1" go install "github.com/rhysd/actionlint/cmd/actionlint@v$actionlint_version"
}

once "$home" "actionlint" actionlint_into
cd "$root"
exec "$home/actionlint" "$@"
