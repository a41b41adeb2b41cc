# shellcheck shell=bash
# Saying that something is still going on. Sourced after common.sh.

# progress [--may-fail] WHAT LOG COMMAND [ARGUMENT…]: runs COMMAND with its output in LOG. One line says what is being waited for; it
# counts the time, on a terminal in place, else with a new line every 10 seconds. On failure shows what LOG says of it, or with --may-fail, which is
# for what there is another way to, only its last line.
# As for once: a COMMAND that is a function has to return its failure, `set -e` is off in it.
progress() {
    local may_fail= what log began=$SECONDS ticker code=0
    if [ "$1" = --may-fail ]; then
        may_fail=yes
        shift
    fi
    what=$1
    log=$2
    shift 2
    mkdir -p "$(dirname "$log")"
    # The command stays in the foreground, where Ctrl-C reaches it; only the clock runs beside it.
    tick "$what" $$ &
    ticker=$!
    "$@" >"$log" 2>&1 </dev/null || code=$?
    kill "$ticker" 2>/dev/null || true
    wait "$ticker" 2>/dev/null || true
    if [ -t 2 ]; then printf '\r\033[K' >&2; fi
    if [ "$code" -ne 0 ] && [ -n "$may_fail" ]; then
        say "$what: not possible: $(tail -n 1 "$log")"
        return "$code"
    fi
    if [ "$code" -ne 0 ]; then
        say "$what: failed after $(duration $((SECONDS - began))). From $log:"
        excerpt "$log" | sed 's/^/    /' >&2
        return "$code"
    fi
    say "$what: done in $(duration $((SECONDS - began)))"
}

excerpt() { # LOG: its first lines that speak of an error, and its end
    if [ "$(wc -l <"$1")" -gt 20 ]; then
        grep -i -m 5 -E 'error|fatal|cannot' "$1" || true
        echo "…"
    fi
    tail -n 15 "$1"
}

tick() { # WHAT PARENT
    exec 9>&- </dev/null >/dev/null # must hold neither the lock nor somebody's pipe
    local began=$SECONDS passed last=-10
    while kill -0 "$2" 2>/dev/null; do
        passed=$((SECONDS - began))
        if [ -t 2 ]; then
            printf '\r\033[K%s … %s' "$1" "$(duration "$passed")" >&2
        elif [ "$last" -lt 0 ]; then
            say "$1 …"
            last=0
        elif [ $((passed - last)) -ge 10 ]; then
            say "$1 … $(duration "$passed")"
            last=$passed
        fi
        sleep 1 2>/dev/null
    done
}

duration() { # SECONDS
    if [ "$1" -ge 60 ]; then
        printf '%dm %02ds' $(($1 / 60)) $(($1 % 60))
    else
        printf '%ds' "$1"
    fi
}
