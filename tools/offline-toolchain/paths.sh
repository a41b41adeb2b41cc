# shellcheck shell=bash
# Where the results of build.sh are or will be: named after the content of what they are made from, so that they are made
# once a version, and again when a line here changes. Sourced after setup/common.sh and setup/versions.sh.

toolchain=$root/tools/offline-toolchain

offline_go_build() { # the CLI proper
    printf '%s/pulumi-go-%s\n' "$cache" "$(content_key "$toolchain"/cli/go.* -- "$pulumi_version" "$(platform)")"
}

offline_cli() { # the CLI with its language host; bin/ is for the PATH
    printf '%s/pulumi-offline-%s\n' "$cache" "$(content_key \
        "$toolchain"/cli/go.* "$toolchain"/language-nodejs/{package.json,package-lock.json,pulumi-language-nodejs,src/*} \
        -- "$pulumi_version" "$(platform)")"
}

offline_providers() {
    printf '%s/providers-%s\n' "$cache" "$(content_key \
        "$toolchain"/providers/{go.*,*.go,shim-*/*} -- "$docker_plugin_version" "$random_plugin_version" "$(platform)")"
}
