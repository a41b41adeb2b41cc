# shellcheck shell=bash
# Check: whether this machine's kernel can encrypt what travels between the nodes of a swarm. Sourced after common.sh.

# Why it cannot; nothing where it can, or where that cannot be seen from here: for an engine elsewhere, and without `unshare`
# and `ip`. The kernel is asked for a key of the kind that the engine uses (IPsec's ESP with AES-GCM), in a network namespace
# of its own that ends with the question. An engine whose kernel refuses such a key makes an encrypted network all the same,
# and then drops all that comes from other nodes.
encryption_problem() {
    local said code=0
    case "${DOCKER_HOST:-unix:}" in unix:*) ;; *) return ;; esac
    said=$(unshare --net --map-root-user ip xfrm state add src 127.0.0.1 dst 127.0.0.2 proto esp spi 0x1 \
        mode transport aead 'rfc4106(gcm(aes))' "0x$(printf '00%.0s' {1..20})" 128 2>&1) || code=$?
    # 2 is how `ip` says that the kernel refused; `unshare` itself ends with 1, or 127 where there is no `ip`.
    if [ "$code" = 2 ]; then
        said=${said#RTNETLINK answers: }
        echo "${said#Error: }"
    fi
}
