#!/bin/sh
# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# setup.sh FOLDER newest|oldest: a virtual environment with pinned requirements. A stamp is written last, so that an interrupted set-up
# is repaired by the next one.
set -eu
folder=$1
core=$2

works() { "$1" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' >/dev/null 2>&1; }

find_python() { # find_python VERSION...: the first that really runs, on PATH or among pyenv's
    for version in "$@"; do
        for candidate in "python$version" "${PYENV_ROOT:-$HOME/.pyenv}"/versions/"$version"*/bin/"python$version"; do
            if works "$candidate"; then
                command -v "$candidate"
                return 0
            fi
        done
    done
    works python3 && command -v python3
}

if [ "$core" = oldest ]; then versions="3.12 3.11 3.13"; else versions="3.14 3.13 3.12 3.11"; fi
# shellcheck disable=SC2086
python=$(find_python $versions) || {
    echo "Python 3.11 or newer is missing: install it, or put it on PATH, and run the same command again." >&2
    exit 1
}
short=$("$python" -c 'import sys; print("%d%d" % sys.version_info[:2])')
if [ "$core" = oldest ]; then
    files="requirements/core-oldest.txt requirements/common.txt"
else
    files="requirements/core-py$short.txt requirements/common.txt requirements/tools.txt"
fi
# shellcheck disable=SC2086
wanted="$("$python" --version) $(pwd) $(cat $files tests/tools/setup.sh | cksum)"
if [ -f "$folder/stamp" ] && [ "$(cat "$folder/stamp")" = "$wanted" ]; then exit 0; fi

echo "setting up $folder with $("$python" --version), ansible-core $(sed -n 's/^ansible-core==//p' $files)"
rm -rf "$folder"
"$python" -m venv "$folder"
arguments=""
for file in $files; do arguments="$arguments -r $file"; done
# shellcheck disable=SC2086
if ! "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --retries 2 $arguments >"$folder/pip.log" 2>&1; then
    tail -n 5 "$folder/pip.log" >&2
    echo "The packages of $files could not be installed: check the network, or that pip reaches a package index, and run the same command again." >&2
    exit 1
fi
echo "$wanted" >"$folder/stamp"
