# shellcheck shell=bash
# Making something once, whole or not at all, however many do it at a time. Sourced after common.sh.

complete() { [ -e "$1/.complete" ]; }

# once [--in-place] DIR WHAT COMMAND [ARGUMENT…]
# Runs COMMAND with a folder to fill as its last argument, unless DIR is there already. It fills a folder beside DIR, which
# becomes DIR by one rename when COMMAND succeeds. --in-place is for things that know their own path (Python's virtual
# environments): they are made in DIR itself, and count only once the mark is in it.
# COMMAND has to say by its own status that it failed: bash switches `set -e` off for what stands in a condition.
once() {
    local in_place=
    if [ "$1" = --in-place ]; then
        in_place=yes
        shift
    fi
    complete "$1" && return
    mkdir -p "$(dirname "$1")"
    # A subshell, so that the lock goes with it whatever happens.
    (once_locked "$in_place" "$@")
}

once_locked() { # IN_PLACE DIR WHAT COMMAND…
    local in_place=$1 dir=$2 what=$3 scratch
    shift 3
    lock "$dir.lock" "$what"
    complete "$dir" && return # somebody else made it while this one waited

    if [ -n "$in_place" ]; then
        scratch=$dir
        rm -rf "$dir"
        mkdir "$dir"
    else
        # What a killed run left. Nobody can be using it: we hold the lock.
        if [ "$locked" = yes ]; then rm -rf "$dir".part.*; fi
        scratch=$(mktemp -d "$dir.part.XXXXXX")
        chmod 755 "$scratch"
    fi
    if ! "$@" "$scratch"; then
        rm -rf "$scratch"
        return 1
    fi
    touch "$scratch/.complete"
    if [ -z "$in_place" ]; then publish "$scratch" "$dir"; fi
}

publish() { # SCRATCH DIR
    # Without a lock two can get here; the first one's result stands. `mv` onto a folder would move into it.
    if complete "$2"; then
        rm -rf "$1"
        return
    fi
    rm -rf "$2"
    mv "$1" "$2"
    rm -rf "${2:?}/${1##*/}"
}

# lock FILE WHAT: held until the (sub)shell and whatever it started have ended, even if they are killed.
lock() {
    locked=yes
    exec 9>"$1"
    try_lock now && return
    if [ "$locked" = no ]; then return; fi
    say "$2: another run is at it, waiting for that one"
    try_lock wait
}

try_lock() { # now|wait
    if have flock; then
        if [ "$1" = now ]; then flock -n 9; else flock 9; fi
    elif have perl; then # macOS has no flock command, but the call, and perl
        perl -MFcntl=:flock -e 'open(my $f, ">&=", 9) or exit 1; exit !flock($f, $ARGV[0] eq "now" ? LOCK_EX | LOCK_NB : LOCK_EX)' "$1"
    else
        locked=no # then two runs may do the work twice, and the first to finish wins
        return 1
    fi
}
