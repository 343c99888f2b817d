# Sourced by script/demo, script/test, script/bench, script/manage and .ci/run, which set $root: finds a Python, makes .venv, installs into it.

smallest="3.12"

say() { printf '%s\n' "$*" >&2; }

# A shim or a half-removed Python may be on PATH and not start: only one that answers counts.
python_starts() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1
}

can_make_venv() {
    "$1" -c 'import venv, ensurepip' >/dev/null 2>&1
}

# Every place a Python may be, the likeliest first, one a line.
python_candidates() {
    for name in python3.14 python3.13 python3.12 python3; do
        command -v "$name" 2>/dev/null
    done
    for version in 3.14 3.13 3.12; do
        ls -d "${PYENV_ROOT:-${HOME:-/nonexistent}/.pyenv}/versions/$version".*/bin/python3 2>/dev/null | sort -rV
    done
    return 0
}

# Prints the first Python that is new enough, starts and can make a virtual environment; prints nothing where none is.
find_python() {
    if [ -n "${PYTHON:-}" ]; then
        if ! python_starts "$PYTHON"; then
            say "PYTHON is set to '$PYTHON', which does not start or is older than $smallest."
            return 1
        fi
        command -v "$PYTHON"
        return 0
    fi
    python_candidates | while IFS= read -r candidate; do
        if python_starts "$candidate" && can_make_venv "$candidate"; then
            printf '%s\n' "$candidate"
            break
        fi
    done
}

make_venv() {
    found=$(find_python) || return 1
    if [ -n "$found" ]; then
        say "Making .venv with $found ($("$found" --version 2>&1))"
        "$found" -m venv --clear "$root/.venv"
    elif command -v uv >/dev/null 2>&1 && uv --version >/dev/null 2>&1; then
        say "Making .venv with uv"
        uv venv --quiet --seed --clear --python ">=$smallest" "$root/.venv"
    else
        say "Linjuli needs a Python of at least $smallest that can make virtual environments, and found none: neither"
        say "python3.14, python3.13, python3.12 or python3 on PATH, nor one installed by pyenv, nor uv."
        say "Install one (on Debian and Ubuntu: apt install python3 python3-venv), or name one: PYTHON=/path/to/python3 $0"
        return 1
    fi
}

# Shows one line that counts up while pip works; pip's own words go to a file and are shown when it fails.
install_packages() {
    total=$(cat "$@" | grep -c '==')
    log="$root/.venv/install.log"
    requirements=()
    for file in "$@"; do
        requirements+=(-r "$file")
    done
    say "Installing $total packages (once; later starts skip this)"
    count=0
    PIP_ROOT_USER_ACTION=ignore PIP_DISABLE_PIP_VERSION_CHECK=1 "$root/.venv/bin/python" -m pip install \
        --no-input --progress-bar off --require-hashes "${requirements[@]}" 2>&1 | tee "$log" |
        while IFS= read -r line; do
            case "$line" in
                Collecting* | "Requirement already"*)
                    count=$((count + 1))
                    if [ -t 2 ]; then
                        printf '\r  %d of %d packages' "$count" "$total" >&2
                    elif [ $((count % 20)) -eq 0 ]; then
                        say "  $count of $total packages"
                    fi
                    ;;
                "Installing collected"*)
                    if [ -t 2 ]; then printf '\n' >&2; fi
                    say "  unpacking"
                    ;;
            esac
        done
    if [ "${PIPESTATUS[0]}" -ne 0 ]; then
        say "Installing failed:"
        tail -n 20 "$log" >&2
        return 1
    fi
}

# prepare_venv FILE…: afterwards $root/.venv holds what the lock files say. What was installed is remembered by copies
# of the lock files in .venv, so that nothing is done while they are unchanged.
prepare_venv() {
    if ! python_starts "$root/.venv/bin/python"; then
        make_venv || return 1
    fi
    changed=""
    for file in "$@"; do
        cmp -s "$file" "$root/.venv/installed-${file##*/}" || changed=yes
    done
    if [ -n "$changed" ]; then
        install_packages "$@" || return 1
        cp "$@" "$root/.venv/"
        for file in "$@"; do
            mv "$root/.venv/${file##*/}" "$root/.venv/installed-${file##*/}"
        done
    fi
}
