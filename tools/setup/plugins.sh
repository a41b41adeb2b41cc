# shellcheck shell=bash
# Step: the provider plugins of a stack, in Pulumi's ordinary plugin folder. Only the stacks that use one get it: the local
# stack needs none. Sourced by setup.sh.

setup_plugins() { # STACK
    if [ "$1" != dev ]; then return; fi
    setup_plugin docker
    setup_plugin random
}

setup_plugin() { # NAME
    local version kind
    version=$(plugin_version "$1")
    if plugin_installed "$1" "$version"; then return; fi
    kind=$(find_pulumi)
    # A CLI that was built for want of the download site need not ask that site for plugins.
    if [ "${kind%% *}" != offline ] && plugin_official "$1" "$version"; then return; fi
    plugin_offline "$1" "$version"
}

# What the program will ask for is what its npm package says.
plugin_version() { # NAME
    node -p 'require(process.argv[1]).version' "$root/node_modules/@pulumi/$1/package.json" 2>/dev/null ||
        die "package.json does not depend on @pulumi/$1, which the dev stack needs"
}

plugin_folder() { printf '%s/plugins/resource-%s-v%s\n' "${PULUMI_HOME:-$HOME/.pulumi}" "$1" "$2"; }

plugin_installed() { [ -x "$(plugin_folder "$1" "$2")/pulumi-resource-$1" ]; }

plugin_official() { # NAME VERSION
    progress --may-fail "Pulumi's $1 plugin $2: download" "$cache/log/plugin-$1.log" \
        env PULUMI_SKIP_UPDATE_CHECK=true pulumi plugin install resource "$1" "$2"
}

plugin_offline() { # NAME VERSION
    local made_for=${1}_plugin_version folder
    [ "${!made_for}" = "$2" ] || die "package.json has @pulumi/$1 $2, and the offline toolchain makes ${!made_for}.
  Bring tools/offline-toolchain/providers up to it, and tools/setup/versions.sh."
    folder=$("$root/tools/offline-toolchain/build.sh" providers) || exit 1
    progress "Pulumi's $1 plugin $2: installing what was built" "$cache/log/plugin-$1.log" \
        env PULUMI_SKIP_UPDATE_CHECK=true pulumi plugin install resource "$1" "$2" --file "$folder/pulumi-resource-$1" || exit 1
}
