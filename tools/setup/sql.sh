# shellcheck shell=bash
# Extra: the analyser of BigQuery's language, for the suite of that name; built from its Go module. Sourced by setup.sh.

sql_source=$root/tests/sql-check

sql_home() { printf '%s/sql-check-%s\n' "$cache" "$(content_key "$sql_source"/{main.go,go.mod,go.sum} -- "$(platform)")"; }

setup_sql() {
    local home missing
    home=$(sql_home)
    missing=$(go_problem)
    complete "$home" || [ -z "$missing" ] ||
        die "the analyser of BigQuery's language is built by Go, and $missing. Install Go $go_minimum: https://go.dev/dl/"
    once "$home" "The analyser of BigQuery's language" sql_into || exit 1
    ln -sfn "$home" "$sql_source/bin"
}

sql_into() { # SCRATCH
    progress "Building the analyser of BigQuery's language (once; 3 to 10 minutes, 6 GB of memory)" "$cache/log/sql-check.log" \
        sql_build "$1"
}

sql_build() ( # SCRATCH
    cd "$sql_source" && CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o "$1/sql-check" .
)
