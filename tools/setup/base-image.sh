# shellcheck shell=bash
# Step: the image that ours are built on. Where a registry of images answers, that is the public debian:bookworm-slim and
# there is nothing to do here. Where none does, the same is made from Debian's packages under a name of its own, which is
# also the program's sign to build stand-ins for MongoDB and mongo-express. Sourced by setup.sh, after setup_docker.

public_base=debian:bookworm-slim
own_base=london-power/debian:bookworm-slim # also in components/swarm/images.ts

setup_base_image() { # STACK
    if [ "$1" != dev ] || has_image "$own_base" || has_image "$public_base"; then return; fi
    if docker pull --quiet "$public_base" >"$cache/log/docker-pull.log" 2>&1; then return; fi
    say "Docker: no registry of images answers: building on Debian's packages, with stand-ins for MongoDB and mongo-express"
    base_image_problem
    progress "Docker: making the base image with debootstrap (once; 150 MB, 1 minute)" "$cache/log/base-image.log" \
        make_base_image || exit 1
}

has_image() { docker image inspect "$1" >/dev/null 2>&1; }

base_image_problem() {
    [ "$(id -u)" = 0 ] || die "debootstrap needs root. Run the same as root, or load the image from elsewhere:
  docker save $public_base | ssh this-machine docker load"
    have debootstrap || die "debootstrap is not installed. Run: apt-get install debootstrap"
}

make_base_image() (
    # A subshell, so that the folder goes whatever happens. Not in the cache: that may be mounted nodev.
    folder=$(mktemp -d /var/tmp/london-power-base.XXXXXX) || exit 1
    trap 'rm -rf "$folder"' EXIT
    debootstrap --variant=minbase --include=ca-certificates bookworm "$folder/root" || exit 1
    rm -rf "$folder"/root/{var/cache/apt/*,var/lib/apt/lists/*,var/log/*,usr/share/{doc,man,info,locale}/*}
    tar --create --numeric-owner --directory "$folder/root" . | docker import - "$own_base"
)
