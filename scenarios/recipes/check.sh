#!/bin/bash
# Checks and measures the scenarios of your own repository, on your machine or on any CI: `./check.sh`.
#
# From a bare Debian 12, Ubuntu 24.04 or newer it installs what Palier needs of the system, as root
# or by sudo, and only what is missing. Palier itself comes from PALIER_SOURCE, as pip takes it: a
# checkout, a wheel, or git+https://HOST/PATH@VERSION. Without PALIER_SOURCE the `palier-scenario`
# that is installed already is run. What was found is written to palier.sarif; it exits as the check
# does: 0 in order, 1 a problem found, 2 asked for wrongly, 3 something is missing.
set -euo pipefail
cd "$(dirname "$0")"
scenarios=${1:-scenarios}
export DEBIAN_FRONTEND=noninteractive PIP_DISABLE_PIP_VERSION_CHECK=1

# OpenGL without a graphics card: levels are compared and flashes looked for in drawn pictures.
needed=(libegl1 libegl-mesa0 libgl1 libgl1-mesa-dri libgles2)

give_up() {
    echo "check.sh: $1" >&2
    exit 3
}

system_packages() {
    command -v dpkg-query >/dev/null ||
        give_up "This is not Debian or Ubuntu; install the equivalents of: ${needed[*]}"
    local missing=() package
    for package in "${needed[@]}"; do
        [ "$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null)" = "install ok installed" ] ||
            missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null ||
            give_up "Missing: ${missing[*]}. As root: apt-get install ${missing[*]}"
        as_root=(sudo -n)
    fi
    echo "Installing ${missing[*]}" >&2
    "${as_root[@]}" apt-get update -qq >&2 ||
        give_up "The lists of packages cannot be read; look at the network."
    "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2 ||
        give_up "These cannot be installed: ${missing[*]}."
}

if [ -n "${PALIER_SOURCE:-}" ]; then
    python3 -c 'import ensurepip' 2>/dev/null || needed+=(python3 python3-venv)
    case $PALIER_SOURCE in git+*) needed+=(ca-certificates git) ;; esac
    system_packages
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        give_up "Palier needs Python 3.11 or newer; here is $(python3 --version)."
    tools=$(mktemp -d)
    trap 'rm -rf "$tools"' EXIT
    python3 -m venv "$tools/venv" && "$tools/venv/bin/pip" install --quiet "$PALIER_SOURCE" >&2 ||
        give_up "Palier cannot be installed from $PALIER_SOURCE."
    PATH=$tools/venv/bin:$PATH
else
    command -v palier-scenario >/dev/null ||
        give_up "Say by PALIER_SOURCE where Palier comes from, or install it before."
    system_packages
fi

palier-scenario check "$scenarios" --sarif palier.sarif
