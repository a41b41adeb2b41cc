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

pulumi_from_site() { # SCRATCH
    fetch_archive https://get.pulumi.com/releases/sdk "pulumi-v$pulumi_version-$(platform).tar.gz" \
        "pulumi-$pulumi_version-checksums.txt" "$1"
}
