#!/usr/bin/env bash
# Makes what cannot be downloaded where only package registries are in reach:
#   build.sh cli         the Pulumi CLI from its Go module, and a Node language host to go with it
#   build.sh providers   the docker and random plugins from their upstreams' Go modules
# Prints the folder with the result on standard output. A second run finds it and returns at once.
set -euo pipefail

setup=$(cd "$(dirname "${BASH_SOURCE[0]}")/../setup" && pwd)
# shellcheck source=../setup/common.sh
. "$setup/common.sh"
. "$setup/versions.sh"
. "$setup/once.sh"
. "$setup/progress.sh"
. "$setup/detect.sh"
. "$root/tools/offline-toolchain/paths.sh"

# Static, without this machine's paths or debug tables: half the size, and the same bytes wherever it is made.
go_build() { # FOLDER OUTPUT LDFLAGS ARGUMENT…
    local folder=$1 output=$2 ldflags=$3
    shift 3
    (cd "$folder" && CGO_ENABLED=0 go build -trimpath -ldflags "-s -w $ldflags" -o "$output" "$@")
}

need_go() { # WHAT
    local missing
    missing=$(go_problem)
    [ -z "$missing" ] || die "$1 needs Go, and $missing
  Install Go $go_minimum or newer (https://go.dev/dl/, or your system's package \"golang\" or \"go\"), or
  install Pulumi itself (https://www.pulumi.com/docs/install/). Then run the same command again."
}

go_cli_into() { # SCRATCH
    progress "Building the Pulumi CLI $pulumi_version from its Go module (once; 3 to 6 minutes on two cores)" \
        "$cache/log/pulumi-cli.log" \
        go_build "$toolchain/cli" "$1/pulumi" "-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v$pulumi_version" \
        github.com/pulumi/pulumi/pkg/v3/cmd/pulumi
}

host_into() { # SCRATCH
    local host=$1/language-nodejs
    mkdir "$1/bin" &&
        # Follows the link to the file that the host has in common with the provider.
        cp -RL "$toolchain/language-nodejs" "$host" &&
        rm -rf "$host/node_modules" &&
        mv "$host/pulumi-language-nodejs" "$1/bin/" &&
        progress "Installing the Node language host" "$cache/log/language-nodejs.log" \
            npm ci --prefix "$host" --ignore-scripts --omit=dev --no-audit --no-fund &&
        # The launcher of dynamic providers belongs beside the CLI as well: without it every run warns.
        cp "$host/node_modules/@pulumi/pulumi/pulumi-resource-pulumi-nodejs" "$1/bin/" &&
        # A hard link or a copy: behind a symbolic link the CLI would look for its companions in the other folder.
        { ln "$(offline_go_build)/pulumi" "$1/bin/pulumi" 2>/dev/null || cp "$(offline_go_build)/pulumi" "$1/bin/"; } &&
        [ "$("$1/bin/pulumi" version)" = "v$pulumi_version" ]
}

cli() {
    complete "$(offline_cli)" && return
    have npm || die "the Node language host needs npm, which is not on the PATH"
    if ! complete "$(offline_go_build)"; then need_go "building the Pulumi CLI"; fi
    once "$(offline_go_build)" "The Pulumi CLI" go_cli_into
    once "$(offline_cli)" "The Pulumi CLI with its language host" host_into
}

providers_into() { # SCRATCH
    progress "Building the docker and random plugins (once; 4 to 8 minutes on two cores)" "$cache/log/providers.log" \
        go_build "$toolchain/providers" "$1/pulumi-resource-docker" \
        "-X main.dockerVersion=$docker_plugin_version -X main.randomVersion=$random_plugin_version" -tags no_compose . &&
        ln "$1/pulumi-resource-docker" "$1/pulumi-resource-random"
}

providers() {
    complete "$(offline_providers)" && return
    need_go "building the docker and random plugins"
    once "$(offline_providers)" "The docker and random plugins" providers_into
}

case "${1:-}" in
cli)
    cli
    offline_cli
    ;;
providers)
    providers
    offline_providers
    ;;
*) die "usage: build.sh cli|providers" ;;
esac
