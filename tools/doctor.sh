#!/usr/bin/env bash
# doctor.sh [STACK]: says what is here, what is missing, and what `make up` would do about it. Changes nothing. Ends with 0
# when `make up` can work, with 1 when something is missing that it cannot get.
set -euo pipefail

setup=$(cd "$(dirname "${BASH_SOURCE[0]}")/setup" && pwd)
for part in common target versions once detect packages plugins python embedded-mongo docker images encryption; do
    # shellcheck source=/dev/null
    . "$setup/$part.sh"
done
. "$root/tools/offline-toolchain/paths.sh"

stack=${1:-local}
check_stack "$stack"
stuck=0

report() { printf '%-8s %-11s %s\n' "$@"; }
here() { report here "$@"; }
comes() { report missing "$1" "$2; make up: $3"; }
stuck() {
    report STUCK "$1" "$2"
    stuck=1
}

reachable() { have curl && curl --silent --head --output /dev/null --connect-timeout 3 --max-time 5 "$1"; }

check_node() {
    local bin
    if bin=$(node_bin); then
        PATH=${bin:+$bin:}$PATH
        here node "$(node --version) at $(command -v node)"
    elif have npm; then
        comes node "$(node_problem)" "fetches $node_version from the npm registry (50 MB, 10 seconds)"
    elif reachable https://nodejs.org/dist/; then
        comes node "$(node_problem)" "fetches $node_version from nodejs.org (50 MB, 10 seconds)"
    else
        stuck node "$(node_problem), no npm, and nodejs.org is out of reach. Install Node $node_minimum or newer: https://nodejs.org/"
    fi
}

check_packages() {
    if ! have node; then
        comes packages "no node_modules to speak of without node" "installs them (100 MB, 10 to 60 seconds)"
    elif [ "$(cat "$packages_mark" 2>/dev/null)" = "$(packages_key)" ]; then
        here packages "node_modules as package-lock.json says"
    elif have npm; then
        comes packages "node_modules is missing or not as package-lock.json says" "installs them (100 MB, 10 to 60 seconds)"
    else
        stuck packages "there is no npm on the PATH; it comes with Node: https://nodejs.org/"
    fi
}

check_pulumi() {
    local found bin
    if found=$(find_pulumi); then
        case "$found" in
        path) here pulumi "$(PULUMI_SKIP_UPDATE_CHECK=true pulumi version) at $(command -v pulumi)" ;;
        *)
            bin=${found#* }
            here pulumi "v$pulumi_version at $bin/pulumi (${found%% *} build)"
            ;;
        esac
    elif reachable https://get.pulumi.com/; then
        comes pulumi "$(pulumi_problem)" "fetches $pulumi_version from get.pulumi.com (120 MB, 10 to 60 seconds)"
    elif [ -z "$(go_problem)" ]; then
        comes pulumi "$(pulumi_problem)" \
            "get.pulumi.com is out of reach, so it builds $pulumi_version with Go (once; 3 to 6 minutes on two cores)"
    else
        stuck pulumi "$(pulumi_problem); get.pulumi.com is out of reach; and to build it, $(go_problem). \
Install Pulumi (https://www.pulumi.com/docs/install/) or Go $go_minimum (https://go.dev/dl/)"
    fi
}

check_go() { # only the offline toolchain wants it, so its absence alone is no trouble
    if [ -z "$(go_problem)" ]; then here go "$(go env GOVERSION) at $(command -v go)"; else
        report "-" go "$(go_problem); only needed where get.pulumi.com is out of reach"
    fi
}

check_python() {
    local python home
    if ! python=$(find_python); then
        stuck python "$(python_problem python3). Install Python $python_minimum or newer with venv: https://www.python.org/downloads/"
        return
    fi
    here python "$("$python" --version 2>&1) at $python"
    home=$(python_home "$python")
    if complete "$home"; then
        here venv "Spark, Java and what the jobs need, at $home"
    else
        comes venv "no Python environment yet" "makes one (400 MB, 1 to 3 minutes)"
    fi
}

check_mongo() {
    if complete "$(embedded_mongo_home)"; then
        here mongo "the embedded MongoDB server, at $(embedded_mongo_home)"
    else
        comes mongo "no embedded MongoDB server yet" "fetches it (9 MB, 10 seconds)"
    fi
}

check_dev() {
    local name version problem
    for name in docker random; do
        version=$(plugin_version "$name" 2>/dev/null) || version=
        if [ -n "$version" ] && plugin_installed "$name" "$version"; then
            here plugin "$name $version at $(plugin_folder "$name" "$version")"
        else
            comes plugin "Pulumi's $name plugin" "fetches it, or builds it with Go (once, both together; 4 to 8 minutes)"
        fi
    done
    if engine_answers; then
        version=$(docker version --format '{{.Server.Version}}')
        here docker "$version at $(command -v docker)"
        if [ "${version%%.*}" -lt 28 ] 2>/dev/null; then
            report - ports "before Docker 28 the network that this machine is on reaches what containers publish on 127.0.0.1; the \
platform's gateway refuses it, other containers may not (docs/swarm.md)"
        fi
        if [ -n "$(swarm_problem)" ]; then
            stuck swarm "$(swarm_problem)"
        elif [ "$(swarm_state)" = "active true" ]; then
            here swarm "this node is a manager"
        else
            comes swarm "the engine is in no swarm" "makes it the manager of one"
        fi
        if has_own_images; then here images "stand-ins for MongoDB and mongo-express: no registry of images has answered"; fi
    elif [ -n "$(engine_stuck)" ]; then
        stuck docker "$(engine_stuck)"
    elif have dockerd; then
        comes docker "the engine does not run" "starts it"
    else
        comes docker "there is no engine" "installs the system's own and starts it (apt-get; 30 seconds)"
    fi
    problem=$(encryption_problem)
    if [ -n "$problem" ]; then
        report "-" encryption "this machine's kernel cannot encrypt what travels between nodes ($problem); make up: encryptNetwork false"
    fi
}

check_gcp() {
    local version adc=${CLOUDSDK_CONFIG:-$HOME/.config/gcloud}/application_default_credentials.json
    version=$(plugin_version gcp 2>/dev/null) || version=
    if [ -n "$version" ] && plugin_installed gcp "$version"; then
        here plugin "gcp $version at $(plugin_folder gcp "$version")"
    elif reachable https://get.pulumi.com/; then
        comes plugin "Pulumi's gcp plugin" "fetches it"
    else
        stuck plugin "Pulumi's gcp plugin is missing, and get.pulumi.com is out of reach; see docs/gcp.md"
    fi
    if [ -e "${GOOGLE_APPLICATION_CREDENTIALS:-$adc}" ]; then
        here google "credentials in ${GOOGLE_APPLICATION_CREDENTIALS:-$adc}"
    else
        stuck google "there are no credentials. Log in: gcloud auth application-default login; see docs/gcp.md"
    fi
}

check_ages() {
    local state part age
    # Without these there is no stack that could be asked.
    if ! find_pulumi >/dev/null || [ -n "$(node_problem)" ]; then return; fi
    while read -r state part age; do
        case "$state" in
        old) report old "$part" "its credentials have an age of $age; rotate them: make rotate STACK=$stack ONLY=$part" ;;
        *) here "$part" "its credentials have an age of $age" ;;
        esac
    done < <(eval "$("$root/tools/env.sh")" && node "$root/tools/ages.ts" "$stack")
}

echo "For the stack $stack: what is fetched or built goes to $cache."
check_node
check_packages
check_pulumi
check_go
check_python
if [ "$stack" = local ]; then check_mongo; fi
if [ "$stack" = dev ]; then check_dev; fi
if [ "$stack" = gcp ]; then check_gcp; fi
check_ages

if [ "$stuck" = 1 ]; then
    report "" "" "make up cannot get what is marked STUCK by itself"
else
    report "" "" "make up STACK=$stack can work"
fi
exit "$stuck"
