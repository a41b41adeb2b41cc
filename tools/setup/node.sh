# shellcheck shell=bash
# Step: a Node that runs TypeScript by itself. Sourced by setup.sh.

setup_node() {
    local bin
    if ! bin=$(node_bin); then
        say "Node: $(node_problem); fetching $node_version into $cache"
        once "$(cached_node)" "Node $node_version" node_into || die "no Node $node_minimum or newer could be fetched.
  Install it (https://nodejs.org/en/download) and run the same command again."
        bin=$(node_bin)
    fi
    PATH=${bin:+$bin:}$PATH
}

node_into() { # SCRATCH
    { have npm && progress --may-fail "Node $node_version: npm package" "$cache/log/node.log" node_from_npm "$1"; } ||
        progress "Node $node_version: nodejs.org" "$cache/log/node.log" node_from_site "$1" || return 1
    # Runs here at all? A binary for another C library or processor would not.
    "$1/bin/node" --version >/dev/null
}

# For machines that reach their package registry and nothing else; the registry's address is npm's business.
node_from_npm() { # SCRATCH
    local package integrity archive
    read -r package integrity <<<"$(node_package "$(platform)")"
    [ -n "$package" ] || return 1
    archive=$(cd "$1" && npm pack --silent "$package") || return 1
    [ "sha512-$(openssl dgst -sha512 -binary "$1/$archive" | openssl base64 -A)" = "$integrity" ] || {
        echo "$package is not what was reviewed"
        return 1
    }
    tar -xzf "$1/$archive" -C "$1" --strip-components 1 && rm "$1/$archive"
}

node_from_site() { # SCRATCH
    fetch_archive "https://nodejs.org/dist/v$node_version" "node-v$node_version-$(platform).tar.gz" <(node_sums) "$1"
}
