# shellcheck shell=bash
# Check: whether there is such a stack, and whether its target is built, before anything is fetched or made for it. Sourced
# by setup.sh after common.sh.

built_targets="local dev"

check_stack() { # STACK
    local file=$root/Pulumi.$1.yaml target
    [ -e "$file" ] || die "there is no stack $1, as there is no Pulumi.$1.yaml; try STACK=local"
    target=$(sed -n 's/^ *london-power:target: *//p' "$file")
    case " $built_targets " in
    *" $target "*) ;;
    *) die "stack $1 is for the target $target, which is not built yet; use the embedded one: make up" ;;
    esac
}
