# Shared by the scripts that test copydesk in real editors. Sourced, not run.
#
# What is installed lives outside the checkout, so that it is had once a machine: packages of this Debian through
# apt, newer editors unpacked beside it, npm packages. Set COPYDESK_EDITORS to put it elsewhere.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)   # editors/
root=$(cd "$here/.." && pwd)
tools=${COPYDESK_EDITORS:-${XDG_CACHE_HOME:-$HOME/.cache}/copydesk-editors}
mkdir -p "$tools"

say() { printf '# %s\n' "$*"; }

die() {
    printf '%s\n' "$*" >&2
    exit 1
}

# as_root COMMAND…: through sudo where we are not root.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

# apt_install PACKAGE…: installs what is missing, with one retry after renewing the lists.
apt_install() {
    local missing=() p
    for p in "$@"; do
        dpkg-query -W -f '${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || missing+=("$p")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    command -v apt-get >/dev/null || die "This needs ${missing[*]}, and there is no apt-get here: install them by hand."
    say "installing ${missing[*]}"
    local log
    log=$(mktemp)
    export DEBIAN_FRONTEND=noninteractive
    as_root apt-get install -y --no-install-recommends "${missing[@]}" >"$log" 2>&1 ||
        { as_root apt-get update && as_root apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 ||
        { tail -n 20 "$log" >&2; die "apt-get could not install ${missing[*]}."; }
    rm -f "$log"
}

# The archive that this machine takes its Debian packages from.
debian_archive() {
    apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | grep '/debian/*$' | head -n 1
}

# unpacked SUITE PACKAGE PROGRAM ENVIRONMENT: has the package of another Debian suite unpacked beside the system
# (signed as ever, no maintainer scripts, no change of apt's sources) and prints the path of a wrapper of PROGRAM.
# The program is pointed at the C library that it came with. ENVIRONMENT is `NAME=path inside the package`.
unpacked() {
    local suite=$1 package=$2 program=$3 environment=$4
    local dir=$tools/$package-$suite
    local wrapper=$dir/wrapper
    if [ ! -x "$wrapper" ]; then
        apt_install mmdebstrap patchelf >&2
        say "unpacking $package of Debian $suite" >&2
        rm -rf "$dir"
        # Testing's release file has an end of validity, which a machine with a late clock may be past.
        local options=()
        case $suite in forky | sid) options=(--aptopt='Acquire::Check-Valid-Until "false"') ;; esac
        mmdebstrap --quiet --variant=extract "${options[@]}" --include="$package" "$suite" "$dir.part" "$(debian_archive)" >&2 || return 1
        local libraries=$dir/usr/lib/x86_64-linux-gnu
        local triplet
        triplet=$(basename "$(dirname "$(find "$dir.part/usr/lib" "$dir.part/lib" -maxdepth 2 -name 'libc.so.6' 2>/dev/null | head -n 1)")")
        libraries=$dir/usr/lib/$triplet:$dir/lib/$triplet:$dir/usr/lib/$triplet/luajit
        local loader
        loader=$(cd "$dir.part" && find usr/lib lib -maxdepth 2 -name 'ld-linux*.so*' 2>/dev/null | head -n 1)
        patchelf --set-interpreter "$dir/$loader" --force-rpath --set-rpath "$libraries" "$dir.part/$program" || return 1
        printf '#!/bin/sh\nexport LC_ALL=C.UTF-8 %s="%s"\nexec "%s" "$@"\n' "${environment%%=*}" "$dir/${environment#*=}" "$dir/$program" >"$dir.part/wrapper"
        chmod +x "$dir.part/wrapper"
        mv "$dir.part" "$dir"
    fi
    printf '%s\n' "$wrapper"
}

# The binary under test: COPYDESK_BIN, else the release build, brought up to date.
copydesk_binary() {
    local binary=${COPYDESK_BIN:-$root/target/release/copydesk}
    if [ -z "${COPYDESK_BIN:-}" ]; then
        (cd "$root" && cargo build --quiet --release) || die "copydesk does not build."
    fi
    [ -x "$binary" ] || die "$binary is not a program."
    realpath "$binary"
}
