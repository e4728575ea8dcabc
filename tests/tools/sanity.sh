#!/bin/sh
# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# ansible-test sanity without containers, on a copy that stands where ansible-test wants a collection. Its home is in build/.
set -eu
root=$(pwd)
copy=build/sanity/ansible_collections/hybrid_identity/entra_connect
rm -rf "$copy"
mkdir -p "$copy"
git ls-files --cached --others --exclude-standard >build/sanity/files
tar -cf - -T build/sanity/files | tar -xf - -C "$copy"
(cd "$copy" && git init -q . && git add -A)
HOME="$root/build/home"
export HOME
mkdir -p "$HOME/.ansible/test/cache"
for version in 23.1.2 24.2 25.2 26.0; do
    # ansible-test would download pip's installer from a server of its own; this one takes the same version from the package index
    cat >"$HOME/.ansible/test/cache/get_pip_$(echo $version | tr . _).py" <<PYTHON
import subprocess, sys
subprocess.check_call([sys.executable, '-m', 'ensurepip'])
subprocess.check_call([sys.executable, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'] + [a for a in sys.argv[1:] if a.startswith('pip') or '==' in a])
PYTHON
done
python=$("$root/.venv/bin/python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
cd "$copy"
unset PYTHONPATH ANSIBLE_COLLECTIONS_PATH PYTHONDONTWRITEBYTECODE
PATH="$root/.venv/bin:$PATH"
export PATH
exec ansible-test sanity --local --python "$python" --color no "$@"
