#!/usr/bin/env bash
# stack.sh init|up|refresh|destroy|policies STACK: makes the stack if there is none yet; for policies, a preview under the policy
# pack; for the others, the Pulumi command without questions, after mending what a killed run left behind. Runs in the
# environment of env.sh.
set -euo pipefail

command=$1
stack=$2
backend=${PULUMI_BACKEND_URL:-}
state=${backend#file://}/.pulumi

# Set-up has brought the plugins that this stack uses. Pulumi would fetch those of all packages, Google's large one for every
# stack.
export PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION=true

# Pulumi adds the salt of the stack's secrets to the stack's file when it makes the stack.
init() {
    # In a file backend a look is quicker than asking the CLI.
    if [ -e "$state/stacks/london-power/$stack.json" ]; then return; fi
    # Not through a pipe into grep -q: it ends at the first match, and the CLI would fail on the closed pipe.
    local stacks
    stacks=$(pulumi stack ls --json --non-interactive)
    grep -q "\"name\": *\"\([^\"]*/\)\{0,1\}$stack\"" <<<"$stacks" || pulumi stack init "$stack" --non-interactive >&2
}

# A file backend locks a stack by a file that says who holds it; a process that was killed holds it for ever.
mend_killed_run() {
    local lock pid exported
    for lock in "$state"/locks/organization/london-power/"$stack"/*.json; do
        [ -e "$lock" ] || continue
        pid=$(sed -n 's/.*"pid": *\([0-9]*\).*/\1/p' "$lock")
        if ! grep -q "\"hostname\": *\"$(uname -n)\"" "$lock" || [ -z "$pid" ] || runs "$pid"; then
            continue
        fi
        echo "The last run of this stack was killed (process $pid is gone): releasing its lock." >&2
        pulumi cancel --stack "$stack" --yes >/dev/null
    done
    # What was being created then may or may not be there; our resources find it again, others are Pulumi's to look up.
    exported=$(pulumi stack export --stack "$stack")
    if grep -q '"type": *"creating"' <<<"$exported"; then
        pulumi refresh --stack "$stack" --yes --clear-pending-creates --skip-preview >/dev/null
        remove_lost_secrets
    fi
}

# One that has ended, but that nobody has waited for, does not run.
runs() { # PID
    case "$(ps -o stat= -p "$1")" in
    "" | Z*) return 1 ;;
    esac
}

# A Docker secret that was being created is in no state, and its password would be good until the next rotation.
remove_lost_secrets() {
    local secret known label=com.docker.stack.namespace=london-power-$stack
    command -v docker >/dev/null || return 0
    known=$(pulumi stack export --stack "$stack")
    for secret in $(docker secret ls --quiet --filter "label=$label" 2>/dev/null); do
        grep -q "\"$secret\"" <<<"$known" || docker secret rm "$secret" >/dev/null || true
    done
}

case "$command" in
init) init ;;
up | refresh | destroy)
    init
    mend_killed_run
    # After a failure the display of the outputs would read as if they were gone.
    exec pulumi "$command" --stack "$stack" --yes --skip-preview --suppress-outputs
    ;;
policies)
    init
    policies=(--policy-pack policies)
    if [ -e "policies/config/$stack.json" ]; then policies+=(--policy-pack-config "policies/config/$stack.json"); fi
    exec pulumi preview --stack "$stack" --suppress-outputs "${policies[@]}"
    ;;
*)
    echo "usage: stack.sh init|up|refresh|destroy|policies STACK" >&2
    exit 2
    ;;
esac
