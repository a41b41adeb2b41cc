# shellcheck shell=bash
# Step: the provider plugins of a stack, in Pulumi's ordinary plugin folder. Only the stacks that use one get it: the local
# stack needs none. Sourced by setup.sh.

setup_plugins() { # STACK
    local name version kind names
    case "$1" in
    dev) names="docker random" ;;
    gcp) names=gcp ;;
    *) return ;;
    esac
    kind=$(find_pulumi)
    for name in $names; do
        version=$(plugin_version "$name")
        if plugin_installed "$name" "$version"; then continue; fi
        # A CLI that was built for want of the download site need not ask that site for plugins.
        if [ "${kind%% *}" != offline ] && plugin_official "$name" "$version"; then continue; fi
        plugin_offline "$name" "$version"
    done
}

# What the program will ask for is what its npm package says.
plugin_version() { # NAME
    node -p 'require(process.argv[1]).version' "$root/node_modules/@pulumi/$1/package.json" 2>/dev/null ||
        die "package.json does not depend on @pulumi/$1, which this stack needs"
}

plugin_folder() { printf '%s/plugins/resource-%s-v%s\n' "$PULUMI_HOME" "$1" "$2"; }

plugin_installed() { [ -x "$(plugin_folder "$1" "$2")/pulumi-resource-$1" ]; }

plugin_official() { # NAME VERSION
    progress --may-fail "Pulumi's $1 plugin $2: download" "$cache/log/plugin-$1.log" \
        env PULUMI_SKIP_UPDATE_CHECK=true pulumi plugin install resource "$1" "$2"
}

plugin_offline() { # NAME VERSION
    local made_for=${1}_plugin_version folder
    [ "$1" != gcp ] || die "Pulumi's gcp plugin $2 cannot be built from modules, and its download site is out of reach.
  Bring it from elsewhere, from https://github.com/pulumi/pulumi-gcp/releases, and install it:
  pulumi plugin install resource gcp $2 --file pulumi-resource-gcp-v$2-….tar.gz"
    [ "${!made_for}" = "$2" ] || die "package.json has @pulumi/$1 $2, and the offline toolchain makes ${!made_for}.
  Bring tools/offline-toolchain/providers up to it, and tools/setup/versions.sh."
    folder=$("$root/tools/offline-toolchain/build.sh" providers) || exit 1
    progress "Pulumi's $1 plugin $2: installing what was built" "$cache/log/plugin-$1.log" \
        env PULUMI_SKIP_UPDATE_CHECK=true pulumi plugin install resource "$1" "$2" --file "$folder/pulumi-resource-$1" || exit 1
}
