#!/usr/bin/env bash
# machine.sh: the settings that a swarm on this machine needs beside their defaults, as set-up has found: a line each, key and
# value. stack.ts writes them into the stack's file, so that a preview depends on nothing but the settings. Changes nothing.
set -euo pipefail

setup=$(cd "$(dirname "${BASH_SOURCE[0]}")/setup" && pwd)
for part in common images encryption; do
    # shellcheck source=/dev/null
    . "$setup/$part.sh"
done

if has_own_images; then
    echo "baseImage $own_base:bookworm"
    echo "mongoImage ./images/mongo-stand-in"
    echo "mongoExpressImage ./images/mongo-express-stand-in"
fi
if [ -n "$(encryption_problem)" ]; then echo "encryptNetwork false"; fi
