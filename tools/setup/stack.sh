# shellcheck shell=bash
# Step: the stack itself, so that `pulumi … --stack NAME` finds it. Sourced by setup.sh, after setup_state.

setup_stack() { # STACK
    (
        cd "$root"
        eval "$("$root/tools/env.sh")"
        if [ -n "$(own_backend)" ] || [ ! -e "$root/.pulumi-state/.pulumi/stacks/london-power/$1.json" ]; then
            pulumi stack ls --json --non-interactive | grep -q "\"name\": *\"\([^\"]*/\)\{0,1\}$1\"" ||
                pulumi stack init "$1" --non-interactive >&2
        fi
    )
}
