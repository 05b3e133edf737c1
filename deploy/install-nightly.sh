#!/bin/sh
# Install the nightly run as a systemd timer. Usage: install-nightly.sh INBOX STORE [USER] [TIME]
# With DESTDIR set, only writes the unit files below it, and asks systemd nothing.
set -eu

here=$(cd "$(dirname "$0")/.." && pwd)
if [ $# -lt 2 ] || [ -z "$1" ] || [ -z "$2" ]; then
    echo "Usage: make install-nightly INBOX=/path/to/inbox STORE=/path/to/store [NIGHTLY_USER=name] [TIME=21:30]" >&2
    exit 2
fi
inbox=$1 store=$2 user=${3:-vanban} time=${4:-21:30}
units="${DESTDIR:-}/etc/systemd/system"

for place in "$inbox" "$store" "$here"; do
    case $place in
    /*) ;;
    *) echo "$place: a service needs the whole path, from / on." >&2; exit 2 ;;
    esac
    case $place in
    *[[:space:]%\"\\\|\&]*) echo "$place: a service cannot be told of a path with spaces or one of % \" \\ | &." >&2; exit 2 ;;
    esac
done
case "$store/" in
"$inbox"/*) echo "$store lies in the inbox, which the service may only read. Choose another STORE." >&2; exit 2 ;;
esac
[ -d "$inbox" ] || { echo "$inbox: there is no such folder. Make it first, readable for $user." >&2; exit 2; }

if [ -z "${DESTDIR:-}" ]; then
    command -v systemctl >/dev/null || { echo "This machine has no systemd; see deploy/vanban.cron." >&2; exit 3; }
    [ "$(id -u)" -eq 0 ] || { echo "Run this as root: sudo make install-nightly …" >&2; exit 3; }
    id "$user" >/dev/null 2>&1 || useradd --system --no-create-home --shell /usr/sbin/nologin "$user"
    install -d -o "$user" -g "$(id -gn "$user")" -m 0750 "$store"
fi

mkdir -p "$units"
for unit in vanban-nightly.service vanban-nightly.timer; do
    sed -e "s|@HERE@|$here|g" -e "s|@INBOX@|$inbox|g" -e "s|@STORE@|$store|g" -e "s|@USER@|$user|g" \
        -e "s|@TIME@|$time|g" -e '1s| Written by.*||' "$here/deploy/systemd/$unit" >"$units/$unit"
done

if [ -z "${DESTDIR:-}" ]; then
    systemctl daemon-reload
    systemctl enable --now vanban-nightly.timer
fi
echo "Installed: every night at $time, from $inbox into $store. First report: $store/vanban-reports/latest.html"
