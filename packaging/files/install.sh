#!/bin/sh
# Installs Release Composer for you alone, in ~/.local; no administrator is needed.
#
#   ./install.sh                    for you
#   sudo ./install.sh /usr/local    for all users of this machine
#   ./install.sh --remove [FOLDER]  takes away what was installed; drafts and settings stay
set -eu
here=$(cd "$(dirname "$0")" && pwd)
action=install
if [ "${1:-}" = --remove ]; then action=remove; shift; fi
prefix=${1:-$HOME/.local}
list=$prefix/share/release-composer/installed

refresh() {
  # What a desktop keeps ready is made again where it has the tools for it; it does so by itself later on.
  for command in "update-desktop-database $prefix/share/applications" "update-mime-database $prefix/share/mime" \
    "gtk-update-icon-cache -q -t -f $prefix/share/icons/hicolor"; do
    # shellcheck disable=SC2086
    if command -v ${command%% *} >/dev/null 2>&1; then $command >/dev/null 2>&1 || true; fi
  done
}

if [ "$action" = remove ]; then
  [ -f "$list" ] || { echo "Release Composer is not installed in $prefix" >&2; exit 1; }
  files=$(cat "$list")
  rm -f "$list"
  cd "$prefix"
  # A folder goes with its last file; those that hold something else stay.
  printf '%s\nshare/release-composer/installed\n' "$files" | while IFS= read -r file; do
    rm -f "$file"
    rmdir -p "$(dirname "$file")" 2>/dev/null || true
  done
  refresh
  echo "Release Composer was removed from $prefix. Drafts and settings are where they were."
  exit 0
fi

needs=$(cat "$here/needs-glibc")
has=$(getconf GNU_LIBC_VERSION 2>/dev/null | sed 's/.* //' || true)
if [ -n "$has" ] && [ "$(printf '%s\n%s\n' "$needs" "$has" | sort -V | head -n 1)" != "$needs" ]; then
  echo "Release Composer needs the C library glibc $needs, and this system has $has. Install it on a newer system." >&2
  exit 1
fi
mkdir -p "$prefix/share/release-composer"
(cd "$here" && find bin share -type f) | sort >"$list"
while IFS= read -r file; do
  mkdir -p "$prefix/$(dirname "$file")"
  cp "$here/$file" "$prefix/$file.new"
  # Renamed, so that a program that runs is not written into.
  mv -f "$prefix/$file.new" "$prefix/$file"
done <"$list"
# A menu may be read by a program that does not look into ~/.local/bin.
sed -i "s|^Exec=release-composer|Exec=\"$prefix/bin/release-composer\"|" "$prefix/share/applications/release-composer.desktop"
refresh
echo "Release Composer was installed in $prefix. It is in the menu, and starts with $prefix/bin/release-composer"
