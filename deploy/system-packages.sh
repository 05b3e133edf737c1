#!/bin/sh
# Install the Debian packages that vanban needs, where they are missing. Usage: system-packages.sh PACKAGE...
# Asks for sudo only when something is missing; says what to ask an administrator for where it may not.
set -eu

missing=""
for package in "$@"; do
    dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null | grep -q '^ii' || missing="$missing $package"
done
[ -z "$missing" ] && exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "vanban needs these programs, and this is no Debian or Ubuntu:$missing. Install them by hand, then run make again." >&2
    exit 3
fi
if [ "$(id -u)" -eq 0 ]; then
    as_root=""
elif command -v sudo >/dev/null 2>&1 && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
    as_root="sudo"
else
    echo "vanban needs these packages, and this user may not install them:$missing." >&2
    echo "Ask an administrator to run: apt-get install$missing" >&2
    exit 3
fi

echo "Installing:$missing"
install() { DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y --no-install-recommends -qq $missing >/dev/null; }
install 2>/dev/null || { $as_root apt-get update -qq && install; } || {
    echo "apt-get could not install:$missing. Check the network and the package sources, then run make again." >&2
    exit 3
}
