# shellcheck shell=bash
# Step: the Pulumi CLI. The machine's own, else the official download, else the offline toolchain. Sourced by setup.sh.

setup_pulumi() {
    local problem
    if find_pulumi >/dev/null; then return; fi
    problem=$(pulumi_problem)
    say "Pulumi: $problem; fetching $pulumi_version into $cache"
    once "$(official_pulumi)" "Pulumi $pulumi_version" pulumi_into && return
    "$root/tools/offline-toolchain/build.sh" cli >/dev/null
}

pulumi_into() { # SCRATCH
    progress --may-fail "Pulumi $pulumi_version: get.pulumi.com" "$cache/log/pulumi.log" pulumi_from_site "$1" &&
        "$1/pulumi" version >/dev/null
}

# The sums are the site's own: they tell a broken download, and not a site that is not what it was.
pulumi_from_site() { # SCRATCH
    local site=https://get.pulumi.com/releases/sdk
    fetch "$site/pulumi-$pulumi_version-checksums.txt" "$1/sums" &&
        fetch_archive "$site" "pulumi-v$pulumi_version-$(platform).tar.gz" "$1/sums" "$1" &&
        rm "$1/sums"
}
