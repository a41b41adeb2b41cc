#!/usr/bin/env bash
# env.sh: prints the environment that the project's tools run in, for `eval "$(make -s env)"` in any shell. Standard output
# holds nothing but `export …` lines.
set -euo pipefail

setup=$(cd "$(dirname "${BASH_SOURCE[0]}")/setup" && pwd)
. "$setup/common.sh"
. "$setup/versions.sh"
. "$setup/once.sh"
. "$setup/detect.sh"
. "$setup/state.sh"
. "$root/tools/offline-toolchain/paths.sh"

variable() { printf 'export %s=%s\n' "$1" "$(quoted "$2")"; }

# Goes before everything else, also when it is on the PATH already: behind an older program it would be of no use.
first() {
    local rest=":$path:"
    rest=${rest//":$1:"/:}
    rest=${rest#:}
    path=$1:${rest%:}
}

path=$PATH
pulumi=$(find_pulumi) || say "Pulumi is not set up yet: run \`make setup\` first."
first "$root/node_modules/.bin"
first "$root/.venv/bin"
case "$pulumi" in
official\ * | offline\ *) first "${pulumi#* }" ;;
esac
node=$(node_bin) || say "Node is not set up yet: run \`make setup\` first."
if [ -n "$node" ]; then first "$node"; fi

variable PATH "$path"
variable PULUMI_HOME "$PULUMI_HOME"
variable PULUMI_SKIP_UPDATE_CHECK true
# Pulumi's SDK is compiled once, not at every command: half of the processor time of its start.
variable NODE_COMPILE_CACHE "$cache/node-compile-cache"
case "$pulumi" in
# Where there is no download site, asking it for plugins is 7 seconds of retries before the real message shows.
offline\ *) variable PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION true ;;
esac

state_variables
