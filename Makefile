# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# `make demo` and `make test` set up all they need; nothing has to be installed first but Python 3.11 or newer.

.PHONY: help demo test lint sanity unit engine integration oldest docs guards faults model pending clean setup
PYTHON := .venv/bin/python
COLLECTIONS := build/collections/ansible_collections/hybrid_identity
export PYTHONPATH := build/collections:.
export PYTHONDONTWRITEBYTECODE := 1
export ANSIBLE_COLLECTIONS_PATH := $(CURDIR)/build/collections

help: ## what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

setup: $(COLLECTIONS) ## the virtual environment with the newest core
	@sh tests/tools/setup.sh .venv newest

$(COLLECTIONS):
	@mkdir -p $@ && ln -sfn ../../../.. $@/entra_connect

demo: setup ## the whole job on a simulated loopback fleet, in front of you; ENGINE=pwsh: on a real PowerShell
	@$(PYTHON) -m tests.tools.demo

test: setup ## every test, on the newest and on the oldest core
	@sh tests/tools/setup.sh .venv-oldest oldest
	@$(PYTHON) -m tests.tools.run_tests

lint: setup ## ruff, mypy, ansible-lint, changelog
	@sh tests/tools/lint.sh

sanity: setup ## ansible-test sanity
	@sh tests/tools/sanity.sh

unit: setup ## tests of the pure parts and of the lab
	@$(PYTHON) -m pytest -q -n 2 tests/unit

engine: setup ## the PowerShell functions on a real engine, where there is one
	@$(PYTHON) -m pytest -q -rs tests/engine

integration: setup ## real ansible-playbook runs against the lab
	@$(PYTHON) -m pytest -q -rs -n 3 tests/integration

oldest: setup ## a part of them on the oldest core
	@sh tests/tools/setup.sh .venv-oldest oldest
	@.venv-oldest/bin/python -m pytest -q -n 3 -m oldest tests/integration

docs: setup ## docs/role_switch.md and docs/gates.md from the tables of rows, guards, codes and gates
	@$(PYTHON) -m tests.tools.make_docs

guards: setup ## take every guard out, one at a time: which test misses it
	@$(PYTHON) -m tests.guards

faults: setup ## every fault at every request, in process and through the real ansible-playbook; long, may be stopped and goes on
	@$(PYTHON) -m tests.inprocess
	@$(PYTHON) -m tests.integration.wire

model: setup ## every state of the switch with faults around it: over a million, and each guard taken out
	@$(PYTHON) -m tests.model

pending: setup ## a file of 500 MB of pending exports, read by the real PowerShell: memory and speed
	@$(PYTHON) -m tests.tools.pending_exports

clean: ## remove everything that was made
	@rm -rf .venv .venv-oldest build
