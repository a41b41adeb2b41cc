# shellcheck shell=bash
# What the machine has. Every *_problem prints why something will not do, or nothing when it will. Sourced after
# common.sh and versions.sh by setup, env and doctor alike, so that they cannot disagree; changes nothing.

version_problem() { # NAME VERSION MINIMUM
    if ! at_least "$2" "$3"; then echo "$1 $2 is older than $3"; fi
}

node_problem() { # [PROGRAM]
    local program=${1:-node} version
    if ! have "$program"; then
        echo "there is no node on the PATH"
    elif ! version=$("$program" --version 2>/dev/null); then
        echo "$program does not run"
    else
        version_problem node "${version#v}" "$node_minimum"
    fi
}

cached_node() { printf '%s/node-%s-%s\n' "$cache" "$node_version" "$(platform)"; }

# The folder to put first on the PATH for node; empty when the machine's own will do; fails when there is none yet.
node_bin() {
    if [ -z "$(node_problem)" ]; then return; fi
    complete "$(cached_node)" || return 1
    echo "$(cached_node)/bin"
}

go_problem() {
    local version
    if ! have go; then
        echo "there is no go on the PATH"
    elif ! version=$(go env GOVERSION 2>/dev/null) || [ -z "$version" ]; then
        echo "go does not run"
    else
        version_problem Go "${version#go}" "$go_minimum"
    fi
}

python_problem() { # PROGRAM
    local version
    if ! have "$1"; then
        echo "there is no $1 on the PATH"
    elif ! version=$("$1" -c 'import platform; print(platform.python_version())' 2>/dev/null); then
        echo "$1 does not run"
    elif [ -n "$(version_problem Python "$version" "$python_minimum")" ]; then
        version_problem Python "$version" "$python_minimum"
    elif ! "$1" -c 'import venv, ensurepip' 2>/dev/null; then
        echo "$1 ($version) has no venv module (Debian and Ubuntu: the package python3-venv)"
    fi
}

# The Python to make the virtual environment with; fails when there is none that will do.
find_python() {
    local name
    for name in python3 python3.12 python3.11 python3.10; do
        if [ -z "$(python_problem "$name")" ]; then
            command -v "$name"
            return
        fi
    done
    return 1
}

pulumi_problem() {
    local version
    if ! have pulumi; then
        echo "there is no pulumi on the PATH"
    elif ! version=$(PULUMI_SKIP_UPDATE_CHECK=true pulumi version 2>/dev/null); then
        echo "pulumi does not run"
    else
        version_problem Pulumi "${version#v}" "$pulumi_minimum"
    fi
}

official_pulumi() { printf '%s/pulumi-%s-%s\n' "$cache" "$pulumi_version" "$(platform)"; }

# Where pulumi comes from: "path", "official DIR" or "offline DIR"; fails when there is none yet. A cached one counts before
# the PATH's: after `eval "$(make -s env)"` that is the cached one anyway, and must keep its kind.
find_pulumi() {
    if complete "$(official_pulumi)"; then
        echo "official $(official_pulumi)"
    elif complete "$(offline_cli)"; then
        echo "offline $(offline_cli)/bin"
    elif [ -z "$(pulumi_problem)" ]; then
        echo path
    else
        return 1
    fi
}
