# shellcheck shell=bash
# Extra: Jupyter on this machine, for those who ask for it, in an environment of its own that sees the packages of the jobs'.
# Only the local stack has a use for it: the others bring a Jupyter. Sourced by setup.sh, after setup_python.

notebook_files=("$root/notebooks/requirements.txt" "$root/notebooks/ipython_kernel_config.py")

setup_notebook() { setup_python_beside notebook "Jupyter" notebook_into "${notebook_files[@]}"; }

notebook_into() { # SCRATCH
    progress "Installing Jupyter (once; 60 MB, 10 to 60 seconds)" "$cache/log/notebook.log" notebook_install "$1"
}

notebook_install() { # SCRATCH
    local jobs
    jobs=$(readlink "$root/.venv")
    # What is installed there is found, and not installed again: its versions are the same by the locks.
    "$jobs/bin/python" -m venv "$1" &&
        "$jobs/bin/python" -c 'import site; print(f"import site; site.addsitedir({site.getsitepackages()[0]!r})")' \
            >"$("$1/bin/python" -c 'import site; print(site.getsitepackages()[0])')/jobs.pth" &&
        "$1/bin/python" -m pip install --require-hashes --disable-pip-version-check --no-input \
            -r "${notebook_files[0]}" &&
        mkdir -p "$1/etc/ipython" && cp "${notebook_files[1]}" "$1/etc/ipython/"
}
