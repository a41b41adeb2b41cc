# shellcheck shell=bash
# Step: the image that ours is built on. Where a registry of images answers, that is the public debian:bookworm-slim, and the
# settings' defaults are right. Where none does, the same is made from Debian's packages under a name of its own, and
# ../machine.sh says which settings this machine needs. Sourced by setup.sh, after setup_docker.

public_base=debian:bookworm-slim
debian_keys=/usr/share/keyrings/debian-archive-keyring.gpg
own_base=london-power/debian # with the release as its tag; also in images/*-stand-in/Dockerfile

setup_images() { # STACK
    local release pid making=()
    if [ "$1" != dev ] || has_image "$public_base"; then return; fi
    if ! has_image "$own_base:bookworm"; then
        if docker pull --quiet "$public_base" >"$cache/log/docker-pull.log" 2>&1; then return; fi
        say "Docker: no registry of images answers: building on Debian's packages, with stand-ins for MongoDB and mongo-express"
    fi
    # The stand-in for MongoDB is made of packages that only Debian's next release has. Side by side, as each waits for its downloads.
    for release in bookworm forky; do
        if has_image "$own_base:$release"; then continue; fi
        base_image_problem
        progress "Docker: making a base image, Debian $release (once; 40 MB, 1 minute)" "$cache/log/base-image-$release.log" \
            make_base_image "$release" &
        making+=($!)
    done
    for pid in ${making[@]+"${making[@]}"}; do
        wait "$pid" || exit 1
    done
}

has_image() { docker image inspect "$1" >/dev/null 2>&1; }

# Whether set-up has found no registry of images.
has_own_images() { ! has_image "$public_base" && has_image "$own_base:bookworm"; }

base_image_problem() {
    [ "$(id -u)" = 0 ] || die "making a base image needs root. Run the same as root, or load the image from elsewhere:
  docker save $public_base | ssh this-machine docker load"
    have debootstrap || die "debootstrap is not installed. Run: apt-get install debootstrap debian-archive-keyring"
    [ -e "$debian_keys" ] || die "Debian's keys are not installed, and packages without a signature are not taken.
  Run: apt-get install debian-archive-keyring"
}

make_base_image() ( # RELEASE
    # A subshell, so that the folder goes whatever happens. Not in the cache: that may be mounted nodev.
    folder=$(mktemp -d /var/tmp/london-power-base.XXXXXX) || exit 1
    trap 'rm -rf "$folder"' EXIT
    # An older debootstrap does not know the newest release, which is made like all of them.
    cp -R /usr/share/debootstrap "$folder/scripts"
    [ -e "$folder/scripts/scripts/$1" ] || ln -s sid "$folder/scripts/scripts/$1"
    DEBOOTSTRAP_DIR=$folder/scripts debootstrap --force-check-gpg --variant=minbase --include=ca-certificates "$1" "$folder/root" || exit 1
    rm -rf "$folder"/root/{var/cache/apt/*,var/lib/apt/lists/*,var/log/*,usr/share/{doc,man,info,locale}/*}
    tar --create --numeric-owner --directory "$folder/root" . | docker import - "$own_base:$1"
)
