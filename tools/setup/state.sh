# shellcheck shell=bash
# Step: where the stacks keep their state, and by which passphrase their secrets are encrypted. Sourced by setup.sh and
# env.sh, after common.sh.

# Without the files of attributes that the backend would write beside each file of its: a killed run leaves them empty, and
# every later command would fail with "EOF".
own_state="file://$root/.pulumi-state?metadata=skip"

# In the user's folder, not in the checkout: it has to outlive a `git clean`, and the next clone has the same.
passphrase_file=${XDG_CONFIG_HOME:-$HOME/.config}/london-power/passphrase

setup_state() {
    if [ -n "$(own_backend)" ]; then return; fi
    mkdir -p "$root/.pulumi-state"
    if [ -n "$(own_passphrase)" ] || [ -s "$passphrase_file" ]; then return; fi
    say "Pulumi: a new passphrase for the stacks' secrets goes to $passphrase_file, readable by you alone. Keep it."
    mkdir -p "$(dirname "$passphrase_file")"
    (
        umask 077
        head -c 32 /dev/urandom | sha256 >"$passphrase_file.$$"
        # Whoever is first wins, should two runs get here at once.
        ln "$passphrase_file.$$" "$passphrase_file" 2>/dev/null || true
        rm "$passphrase_file.$$"
    )
}

state_variables() {
    if [ -n "$(own_backend)" ]; then return; fi
    variable PULUMI_BACKEND_URL "$own_state"
    if [ -z "$(own_passphrase)" ]; then variable PULUMI_CONFIG_PASSPHRASE_FILE "$passphrase_file"; fi
}

# The user's own choice of a backend: the environment's, or the one that they have logged in to.
own_backend() {
    case "${PULUMI_BACKEND_URL:-}" in
    "" | "$own_state") ;;
    *) echo "$PULUMI_BACKEND_URL" ;;
    esac
    sed -n 's/^ *"current": *"\(..*\)".*/\1/p' "$PULUMI_HOME/credentials.json" 2>/dev/null || true
}

own_passphrase() {
    if [ -n "${PULUMI_CONFIG_PASSPHRASE+set}" ]; then
        echo environment
    elif [ "${PULUMI_CONFIG_PASSPHRASE_FILE:-$passphrase_file}" != "$passphrase_file" ]; then
        echo file
    fi
}
