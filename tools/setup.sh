#!/usr/bin/env bash
# setup.sh [STACK [EXTRA…]]: brings what is missing for a stack (local unless named), and nothing else; extras are what only
# some commands need: notebook, browser, scanners. Says nothing and changes nothing when all is there. What it fetches goes to the
# user's cache folder; in the checkout it makes only node_modules and links to Python environments.
set -euo pipefail

setup=$(cd "$(dirname "${BASH_SOURCE[0]}")/setup" && pwd)
for part in common target versions once progress beside detect node packages pulumi plugins python embedded-mongo state stack-files docker images notebook browser google sql scanners; do
    # shellcheck source=/dev/null
    . "$setup/$part.sh"
done
. "$root/tools/offline-toolchain/paths.sh"

stack=${1:-local}
check_stack "$stack"

jobs_environment() {
    setup_python
    setup_embedded_mongo
}

docker_engine() {
    setup_docker "$stack"
    setup_images "$stack"
}

# In this order: each may use what those before it have brought, but for what stands after `beside`. A new step is a file beside
# these and a line here.
setup_node
beside jobs_environment
beside docker_engine
setup_packages
setup_pulumi
# shellcheck source=env.sh
eval "$("$root/tools/env.sh")"
setup_plugins "$stack"
setup_state
setup_stack_files
join_besides
for extra in "${@:2}"; do "setup_$extra"; done
