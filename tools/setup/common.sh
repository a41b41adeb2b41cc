# shellcheck shell=bash
# What every script here needs: where things are, how to speak, how to compare and to fetch. Sourced; changes nothing.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cache=${LONDON_POWER_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/london-power}
# By itself the CLI takes the home folder that the system has on record, whatever HOME says.
export PULUMI_HOME=${PULUMI_HOME:-$HOME/.pulumi}

# Standard output is for answers (env.sh is evaluated), so all talk goes to standard error.
say() { printf '%s\n' "$*" >&2; }
die() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# at_least 3.12.1 3.9: compares number by number. `sort -V` would be shorter, and is missing on older macOS.
at_least() {
    local IFS=. i
    local -a got wanted
    read -r -a got <<<"${1%%[!0-9.]*}"
    read -r -a wanted <<<"$2"
    for i in 0 1 2; do
        if ((10#${got[i]:-0} != 10#${wanted[i]:-0})); then
            ((10#${got[i]:-0} > 10#${wanted[i]:-0}))
            return
        fi
    done
}

apt_install() { # PACKAGE…
    export DEBIAN_FRONTEND=noninteractive
    # Old lists name versions that the mirrors have replaced; fetching new ones is only worth it then.
    apt-get install --yes --no-install-recommends "$@" ||
        { apt-get update && apt-get install --yes --no-install-recommends "$@"; }
}

sha256() { # reads standard input
    if have sha256sum; then
        sha256sum
    else
        shasum -a 256
    fi | cut -d ' ' -f 1
}

# A short name for the content of files and of the words after `--`; a file's own path matters not, its name does.
content_key() {
    local item words=
    for item in "$@"; do
        if [ "$item" = -- ]; then
            words=yes
        elif [ -n "$words" ]; then
            printf 'word %s\n' "$item"
        else
            printf 'file %s\n' "${item##*/}"
            cat "$item"
        fi
    done | sha256 | cut -c 1-12
}

platform() { # linux-x64, darwin-arm64, …
    local os machine
    os=$(uname -s | tr '[:upper:]' '[:lower:]')
    machine=$(uname -m)
    case "$machine" in
    x86_64 | amd64) machine=x64 ;;
    aarch64 | arm64) machine=arm64 ;;
    esac
    printf '%s-%s\n' "$os" "$machine"
}

# Gives up soon where there is no way out: there is always another way to what is being fetched.
fetch() { # URL FILE
    if have curl; then
        curl --fail --silent --show-error --location --connect-timeout 5 --speed-limit 1000 --speed-time 30 --output "$2" "$1"
    elif have wget; then
        wget --quiet --connect-timeout=5 --read-timeout=30 --tries=1 --output-document="$2" "$1"
    else
        say "neither curl nor wget is installed"
        return 1
    fi
}

# quoted PATH: in a form that a shell reads back as it was. (printf %q is kept out: zsh would not read all of its forms.)
quoted() {
    local rest=$1 out=
    while [ "${rest#*\'}" != "$rest" ]; do
        out=$out${rest%%\'*}"'\\''"
        rest=${rest#*\'}
    done
    printf "'%s'" "$out$rest"
}

verified() { # FILE SUMS: the sum of FILE is the one that the list has for its name
    local wanted
    wanted=$(awk -v name="${1##*/}" '$2 == name || $2 == "*" name { print $1 }' "$2")
    [ -n "$wanted" ] && [ "$(sha256 <"$1")" = "$wanted" ] || {
        echo "the checksum of ${1##*/} is not the published one"
        return 1
    }
}

# fetch_archive SITE ARCHIVE SUMS FOLDER: puts what is in the archive's top folder into FOLDER, if its sum is the one that the file
# SUMS has for it.
fetch_archive() {
    fetch "$1/$2" "$4/$2" &&
        verified "$4/$2" "$3" &&
        tar -xzf "$4/$2" -C "$4" --strip-components 1 &&
        rm "$4/$2"
}
