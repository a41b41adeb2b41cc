# shellcheck shell=bash
# Doing something beside something else: downloads while a compiler has the processors. Sourced after common.sh.

besides=()

# beside COMMAND [ARGUMENT…]: starts COMMAND and goes on; join_besides waits for it. It ends with this shell, whatever ends that.
beside() {
    trap end_besides EXIT
    # In a process group of its own, so that it can be ended with all that it has started.
    set -m
    if [ -t 2 ]; then
        # Two clocks that count in place would write over each other: this one gets lines.
        "$@" 2> >(sed -u "s/^/$(printf '\r\033[K')/" >&2) &
    else
        "$@" &
    fi
    besides+=($!)
    set +m
}

# Waits for all; ends this shell where one has failed, which has said why.
join_besides() {
    local pid
    for pid in ${besides[@]+"${besides[@]}"}; do
        wait "$pid" || exit 1
    done
    besides=()
}

end_besides() {
    local pid
    for pid in ${besides[@]+"${besides[@]}"}; do
        kill -- "-$pid" 2>/dev/null || true
    done
}
