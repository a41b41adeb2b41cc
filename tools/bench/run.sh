#!/usr/bin/env bash
# run.sh [bench.py's arguments]: fetches what the benchmark compares with, makes input if none is named, measures.
# Runs in the environment of env.sh; ROWS (27000000) says how many rows to make.
set -euo pipefail
cd "$(dirname "$0")/../.."
here=tools/bench
rows=${ROWS:-27000000}
if ! [ "$here/.venv/complete" -nt "$here/requirements.txt" ]; then
    python -m venv --clear "$here/.venv"
    "$here/.venv/bin/python" -m pip install --quiet --require-hashes --disable-pip-version-check -r "$here/requirements.txt"
    touch "$here/.venv/complete"
fi
case " $* " in
*" --data "*) data=() ;;
*)
    data=(--data "data/bench-$rows")
    if ! [ -e "data/bench-$rows/truth.json" ]; then python data/generate.py --rows "$rows" --out "data/bench-$rows"; fi
    ;;
esac
exec python "$here/bench.py" "${data[@]}" "$@"
