#!/bin/sh
# Prepares this checkout: `packaging/set_up.sh run` for the program, `packaging/set_up.sh test` for its tests as well.
#
# Says nothing when there is nothing to do, needs the network only after a lock file has changed, and may be stopped
# and started again at any point. Everything it makes lies in .venv; as root it also installs the shared libraries
# that Qt is linked against, for anyone else it prints the one line that does so.
set -eu

what=${1:-run}
cd "$(dirname "$0")/.."
root=$(pwd)
venv=$root/.venv
python=$venv/bin/python
log=$venv/set_up.log

# Debian 12 names, each needed even without a display: QtGui is linked against all of them.
libraries="libgl1 libegl1 libxkbcommon0 libglib2.0-0 libfontconfig1 libdbus-1-3"
# What the window needs on an X display besides.
window_libraries="libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0"
# What some tests read documents back with; without them those tests are skipped and say so.
test_tools="libreoffice-calc poppler-utils"

# Neither another interpreter's settings nor a request to write no bytecode may change what is set up here: without
# bytecode the program takes almost three times as long to start.
unset PYTHONHOME PYTHONPATH PYTHONDONTWRITEBYTECODE PIP_TARGET PIP_PREFIX PIP_ROOT || true
export PIP_USER=0 PIP_NO_INPUT=1 PIP_DISABLE_PIP_VERSION_CHECK=1

say() { printf 'PartnerDesk: %s\n' "$*"; }

fail() {
    say "$1" >&2
    shift
    for line in "$@"; do printf '  %s\n' "$line" >&2; done
    exit 1
}

is_root() { [ "$(id -u)" = 0 ]; }
has_apt() { command -v apt-get >/dev/null 2>&1; }

# Package lists may be missing (a bare image) or stale, so a failed install is tried again after an update.
apt_install() {
    export DEBIAN_FRONTEND=noninteractive
    mkdir -p "$venv"
    # shellcheck disable=SC2086 # the lists are words
    apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300 $1 >"$log" 2>&1 && return
    apt-get update >"$log" 2>&1 || true
    # shellcheck disable=SC2086
    apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300 $1 >>"$log" 2>&1
}

as_root() { if is_root; then printf '%s' "$*"; else printf 'sudo %s' "$*"; fi; }

fits() { # does this Python run, and is its version one that the locked packages support?
    command -v "$1" >/dev/null 2>&1 &&
        "$1" -I -c "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))" >/dev/null 2>&1
}

makes_venvs() { "$1" -I -c "import ensurepip, venv" >/dev/null 2>&1; }

find_python() {
    base=
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 /usr/bin/python3; do
        fits "$candidate" || continue
        [ -n "$base" ] || base=$candidate
        if makes_venvs "$candidate"; then
            base=$candidate
            return
        fi
    done
    [ -n "$base" ]
}

need_python() {
    if find_python && makes_venvs "$base"; then return; fi
    if is_root && has_apt; then
        say "installing python3 and python3-venv"
        apt_install "python3 python3-venv" || true
        if find_python; then return; fi
    fi
    [ -n "$base" ] || fail "Python 3.11, 3.12, 3.13 or 3.14 is needed and was not found." \
        "Debian or Ubuntu: $(as_root apt-get install -y python3 python3-venv)" \
        "A Python elsewhere: PYTHON=/path/to/python3 make $what"
}

# The copy of the lock file in .venv/installed is the stamp: it is written last, after everything it stands for.
is_installed() { [ -f "$venv/installed/$1" ] && cmp -s "$1" "$venv/installed/$1"; }

# A set-up that was killed leaves its process number behind; what it had half installed is thrown away. One that still
# runs (in another terminal) is waited for.
was_interrupted() {
    [ -f "$venv/installed/busy" ] || return 1
    waited=0
    while kill -0 "$(cat "$venv/installed/busy" 2>/dev/null || echo none)" 2>/dev/null; do
        [ $waited != 0 ] || say "waiting for the set-up that runs in another terminal"
        waited=$((waited + 1))
        [ $waited -lt 600 ] || fail "Another set-up has been running for ten minutes." "End it, then again: make $what"
        sleep 1
    done
    [ -f "$venv/installed/busy" ]
}

# Debian's Python comes without ensurepip; another pip, or uv, can then fill the environment from outside.
make_venv() {
    if is_installed "$1" && fits "$python"; then return; fi
    if ! was_interrupted && fits "$python" && has_pip; then return; fi
    need_python
    say "making .venv with $("$base" -V)"
    mkdir -p "$venv" 2>/dev/null || fail "The folder $root cannot be written to." "Use a copy that belongs to you."
    if makes_venvs "$base"; then
        "$base" -I -m venv --clear "$venv" || fail "Python could not make the folder .venv; what it said stands above."
    else
        "$base" -I -m venv --clear --without-pip "$venv" >/dev/null || no_pip
    fi
}

no_pip() {
    fail "This Python comes without pip and venv." "Type: $(as_root apt-get install -y python3-venv)" \
        "and then again: make $what"
}

has_pip() { "$python" -I -m pip --version >/dev/null 2>&1; }

# Sets `installer` to what can fill the environment here.
choose_installer() {
    if has_pip; then
        installer=own
    elif find_python && "$base" -m pip --python "$python" --version >/dev/null 2>&1; then
        installer=outer
    elif command -v uv >/dev/null 2>&1; then
        installer=uv
    else
        no_pip
    fi
}

run_installer() {
    case $installer in
    own) "$python" -I -m pip install -q --require-hashes -r "$1" ;;
    outer) "$base" -m pip --python "$python" install -q --require-hashes -r "$1" ;;
    uv) uv pip install -q --python "$python" --require-hashes -r "$1" ;;
    esac
}

install_packages() {
    if is_installed "$1"; then return; fi
    choose_installer
    say "installing the packages of $1 (once; about a minute)"
    mkdir -p "$venv/installed"
    rm -f "$venv/installed/$1"
    echo $$ >"$venv/installed/busy"
    if ! run_installer "$1" >"$log" 2>&1; then
        rm -f "$venv/installed/busy"
        grep -v '^WARNING: Retrying' "$log" | tail -n 5 >&2
        fail "The packages could not be installed; the last lines above say why." \
            "The network is needed this once. Then again: make $what"
    fi
    link_checkout
    # A file of a package that this Python cannot compile is one that nobody imports.
    "$python" -I -m compileall -qq "$(site_packages)" partnerdesk resources >>"$log" 2>&1 || true
    cp "$1" "$venv/installed/$1"
    rm -f "$venv/installed/busy"
}

site_packages() { "$python" -I -c "import sysconfig; print(sysconfig.get_path('purelib'))"; }

# `python -I -m partnerdesk` finds this checkout by a relative path, so that the folder may be moved or renamed.
link_checkout() {
    "$python" -I -c "import os, sys; print(os.path.relpath(sys.argv[1], sys.argv[2]))" "$root" "$(site_packages)" \
        >"$(site_packages)/partnerdesk_checkout.pth"
}

# Asking Qt itself is the only test that holds on every system, and it needs no network.
need_libraries() {
    missing=$("$python" -I packaging/libraries.py) && return
    wanted=$libraries
    [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || wanted="$libraries $window_libraries"
    if is_root && has_apt; then
        say "installing the shared libraries that Qt needs"
        apt_install "$wanted" || tail -n 5 "$log" >&2
        missing=$("$python" -I packaging/libraries.py) && return
    fi
    has_apt || fail "Qt cannot start: $missing" "Install that library with the package manager of your system."
    fail "Qt cannot start: $missing" "Type: $(as_root apt-get install -y --no-install-recommends "$wanted")" \
        "and then again: make $what"
}

# Never a reason to stop: the tests that need a tool that is not there are skipped and name it.
want_test_tools() {
    if command -v pdftotext >/dev/null 2>&1 && command -v soffice >/dev/null 2>&1; then return; fi
    line="apt-get install -y --no-install-recommends $test_tools"
    if is_root && has_apt; then
        say "installing LibreOffice and poppler, which read documents back in the tests (once)"
        apt_install "$test_tools" || say "they could not be installed; the tests that need them are skipped"
    elif has_apt; then
        say "without LibreOffice and poppler some tests are skipped; with them: $(as_root "$line")"
    fi
}

case $what in
run)
    lock=requirements.lock
    ! is_installed requirements-test.lock || lock=requirements-test.lock
    make_venv $lock
    install_packages $lock
    need_libraries
    ;;
test)
    make_venv requirements-test.lock
    install_packages requirements-test.lock
    need_libraries
    want_test_tools
    ;;
*) fail "packaging/set_up.sh knows 'run' and 'test', not '$what'." ;;
esac
