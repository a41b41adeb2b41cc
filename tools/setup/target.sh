# shellcheck shell=bash
# Check: whether there is such a stack, before anything is fetched or made for it. Sourced by setup.sh after common.sh.

check_stack() { # STACK
    [ -e "$root/Pulumi.$1.yaml" ] || die "there is no stack $1, as there is no Pulumi.$1.yaml; try STACK=local"
}
