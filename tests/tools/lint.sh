#!/bin/sh
# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# All checkers; each runs although an earlier one found something.
set -u
ANSIBLE_COLLECTIONS_PATH="$PWD/build/collections"
export ANSIBLE_COLLECTIONS_PATH
bin=.venv/bin
failed=0
run() {
    echo "lint: $1"
    shift
    "$@" || failed=1
}
run ruff $bin/ruff check --quiet .
run "mypy, server's controller half" env MYPYPATH=build/collections $bin/mypy -p ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils
run "mypy, lab" env MYPYPATH=build/collections $bin/mypy -p tests.lab
run "mypy, model" env MYPYPATH=build/collections $bin/mypy -p tests.model
run "mypy, faults in process" env MYPYPATH=build/collections $bin/mypy -p tests.inprocess
run ansible-lint env PATH="$PWD/$bin:$PATH" ANSIBLE_HOME="$PWD/build/home" $bin/ansible-lint --offline -q --nocolor
run antsibull-changelog $bin/antsibull-changelog lint
exit $failed
