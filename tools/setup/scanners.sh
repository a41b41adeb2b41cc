# shellcheck shell=bash
# Extra: what looks for weaknesses, in an environment of its own, as it brings a hundred packages. Sourced by setup.sh, after
# setup_python.

scanners_requirements=$root/tests/security/requirements.txt

setup_scanners() { setup_python_beside scanners "The scanners" scanners_into "$scanners_requirements"; }

scanners_into() { # SCRATCH
    progress "Installing the scanners (once; 300 MB, 30 to 90 seconds)" "$cache/log/scanners.log" scanners_install "$1"
}

scanners_install() { # SCRATCH
    "$root/.venv/bin/python" -m venv "$1" &&
        "$1/bin/python" -m pip install --require-hashes --disable-pip-version-check --no-input \
            -r "$scanners_requirements"
}
