# shellcheck shell=bash
# Extra: a Chromium for the tests that look at the platform as people do. One that is there is used; Debian and Ubuntu get
# theirs from their own packages. Sourced by setup.sh.

browser_names=(chromium chromium-browser google-chrome) # also in tests/e2e/swarm/browser.ts

setup_browser() {
    if has_browser; then return; fi
    if [ "$(id -u)" != 0 ] || ! have apt-get; then
        die "the tests want a browser, and there is none of ${browser_names[*]} on the PATH. Install one: sudo apt-get install chromium"
    fi
    progress "Browser: installing chromium" "$cache/log/browser-install.log" \
        apt_install chromium fonts-dejavu-core || exit 1
    has_browser || die "chromium is installed, but not on the PATH. Look at $cache/log/browser-install.log"
}

has_browser() {
    local name
    for name in "${browser_names[@]}"; do
        if have "$name"; then return; fi
    done
    return 1
}
