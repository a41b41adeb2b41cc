# shellcheck shell=bash
# Step: the npm packages of package-lock.json. Sourced by setup.sh.

# The mark is inside node_modules, so that it goes when the folder goes.
packages_mark=$root/node_modules/.london-power
packages_key() { content_key "$root/package-lock.json" "${BASH_SOURCE[0]}" -- "$(node --version)"; }

setup_packages() {
    if [ "$(cat "$packages_mark" 2>/dev/null)" = "$(packages_key)" ]; then return; fi
    have npm || die "there is no npm on the PATH; it comes with Node (https://nodejs.org/en/download)"
    (
        mkdir -p "$cache"
        lock "$cache/npm-$(printf %s "$root" | sha256 | cut -c 1-12).lock" "The npm packages"
        if [ "$(cat "$packages_mark" 2>/dev/null)" = "$(packages_key)" ]; then exit; fi
        progress "Installing the npm packages" "$cache/log/npm.log" \
            npm ci --prefix "$root" --ignore-scripts --no-audit --no-fund || exit 1
        drop_source_maps
        packages_key >"$packages_mark"
    ) || exit 1
}

# The SDK's source maps name files at paths like node_modules/@pulumi/resource.ts. Before 24.21 Node's printing of a stack
# trace in colour never gets past such a line but by running out of memory (https://github.com/nodejs/node/issues/64011), so
# that a program that throws would take a minute to say so.
drop_source_maps() {
    find "$root/node_modules/@pulumi/pulumi" -name '*.js.map' -exec rm -f {} + 2>/dev/null || true
}
