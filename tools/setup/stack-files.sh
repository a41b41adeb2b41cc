# shellcheck shell=bash
# Step: keeps out of git what a deployment writes into the stack files: the salt of its secrets, how often its credentials were
# rotated, and the settings that its machine needs, just as ../machine.sh says them. .gitattributes names the filter, and git wants it in the clone's own configuration. Sourced by setup.sh.

stack_filter=filter.london-power-stack.clean
machine_lines='baseImage: london-power\/debian:|mongo(Express)?Image: \.\/images\/mongo(-express)?-stand-in$|encryptNetwork: "false"$'
stack_filter_command="sed -E -e '/^encryptionsalt:/d' -e '/^ +london-power:rotation[A-Za-z]*:/d' -e '/^ +london-power:($machine_lines)/d'"

setup_stack_files() {
    have git && git -C "$root" ls-files --error-unmatch .gitattributes >/dev/null 2>&1 || return 0
    [ "$(git -C "$root" config "$stack_filter")" = "$stack_filter_command" ] ||
        git -C "$root" config "$stack_filter" "$stack_filter_command"
}

# What lint says of a stack file that holds such a line all the same. One that .gitattributes takes from the filter is a team's.
check_stack_files() {
    if git grep --cached --line-number --extended-regexp \
        -e '^(encryptionsalt|encryptedkey):' -e '^ +london-power:rotation' -e '^ +secure:' \
        -- ":(top,attr:filter=london-power-stack)Pulumi.*.yaml"; then
        echo "error: that is a deployment's and no project's: take it out of the stack file; docs/setup.md says how a team shares it" >&2
        return 1
    fi
}
