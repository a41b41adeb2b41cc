# shellcheck shell=bash
# Extra: what the tests of the Google Cloud target run against in Google's place: a server of its storage, built from its Go
# module, and Spark's way to gs://. Only the tests use them. Sourced by setup.sh, after setup_python and embedded-mongo.sh.

google_source=$root/tests/fake-google
connector=$root/notebooks/workbench/fetch_connector.py
storage_server=github.com/fsouza/fake-gcs-server@v1.56.1

google_home() {
    printf '%s/fake-google-%s\n' "$cache" \
        "$(content_key "$connector" -- "$storage_server" "$(platform)")"
}

setup_google() {
    local home
    home=$(google_home)
    once "$home" "The stand-in for Google Cloud" google_into || exit 1
    ln -sfn "$home" "$google_source/lib"
}

google_into() { # SCRATCH
    local missing
    missing=$(go_problem)
    [ -z "$missing" ] || die "the tests of the Google Cloud target need what Go builds, and $missing. Install Go $go_minimum: https://go.dev/dl/"
    # Go verifies the module's sum by its public database.
    progress "Building a stand-in for Google's storage (once; 1 to 3 minutes)" "$cache/log/fake-gcs-server.log" \
        env CGO_ENABLED=0 GOBIN="$1" go install -trimpath -ldflags "-s -w" "$storage_server" &&
        progress "Fetching Spark's way to gs:// (once; 37 MB, 10 seconds)" "$cache/log/gcs-connector.log" \
            google_connector "$1"
}

# The same that a Workbench instance takes.
google_connector() { # SCRATCH
    JAVA_TOOL_OPTIONS=$(trust_option) "$root/.venv/bin/python" "$connector" "$1"
}
