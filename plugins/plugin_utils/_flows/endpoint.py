# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Register a restricted PowerShell endpoint of ours on one server, or remove it.

Internal to the collection: no promise of stability between releases.

Registering restarts WinRM, so the server does it in a process of its own, and this connection is lost on the way. What came of it is
read over a new one; the request itself is never sent twice.
"""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Mapping
from typing import Any

from .._errors import ConnectError, FunctionsMissing, ResultUnknown
from .flow import TELL_EVERY, Flow, Stop, clock

CALL_SECONDS = 30.0
POLL_SECONDS = 1.0
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,60}")
_SHOWN = ("capability", "groups", "account_groups", "managed_account")
NONE: dict[str, Any] = {"state": "absent", "capability": "", "groups": [], "account_groups": [], "managed_account": ""}


def endpoint(flow: Flow, options: Mapping[str, Any], check: bool) -> dict[str, Any]:
    """Bring the endpoint of this name on the task's server into the wanted state.

    Raises:
        Stop: it cannot be asked for, it failed, or it is not there within the time.
        SessionError: refused, or no answer before anything was asked for.
    """
    wanted = _wanted(flow, options)
    name = options["name"]
    session = flow.topology.sessions[flow.server]
    if not session.has_endpoints:
        raise Stop("refused", "endpoint_needs_psrp", flow.server)
    session.send_text()  # a restricted endpoint must not change itself, and what is installed may be of another version
    try:
        installed = flow.topology.call(flow.server, "Get-EntraSyncModule", CALL_SECONDS).get("installed") or []
    except FunctionsMissing as error:
        raise Stop("refused", "endpoint_restricted", flow.server, detail=error.detail) from None
    if not installed and not check:
        raise Stop("refused", "server_module_missing", flow.server)
    if not installed:  # a playbook that installs it first has only planned that
        flow.tell(f"{flow.server}: the PowerShell module (hybrid_identity.entra_connect.server_module) has to be installed before")
    fingerprint = fingerprint_of(wanted, str(installed[0]["version"]) if installed else "")
    found = _read(flow, name)
    before = _shown(found)
    after = {**NONE, **wanted}
    if _reached(found, wanted, fingerprint):
        return {"outcome": "already", "name": name, "before": before, "after": before}
    if found.get("exists") and not found.get("ours"):
        raise Stop("refused", "endpoint_foreign", flow.server, detail=f"the endpoint {name}")
    if check:
        flow.topology.changed = True
        return {"outcome": "planned", "name": name, "before": before, "after": after}
    _ask_for(flow, name, wanted, fingerprint)
    return {"outcome": "done", "name": name, "before": before, "after": _shown(_await(flow, name, wanted, fingerprint, options["timeout"]))}


def fingerprint_of(wanted: Mapping[str, Any], version: str) -> str:
    """Checksum over what is wanted and the version of the installed module, from which the endpoint takes its functions."""
    values = {**wanted, "groups": sorted(wanted["groups"]), "account_groups": sorted(wanted["account_groups"])}
    return hashlib.sha256(json.dumps([values, version], sort_keys=True).encode()).hexdigest()


def _wanted(flow: Flow, options: Mapping[str, Any]) -> dict[str, Any]:
    """What is wanted; what no endpoint can have is refused before anything is asked."""
    problem = ""
    if not _NAME.fullmatch(options["name"]):
        problem = f"name: {options['name']!r} must begin with a letter, and have letters, digits, _ . and - only"
    if options["state"] == "absent":
        values = dict(NONE)
    else:
        values = {"state": "registered", **{key: options[key] for key in _SHOWN}}
        if not any(options["groups"]):
            problem = problem or "groups: no group is given, so that nobody could use the endpoint; write DOMAIN\\group"
        if options["managed_account"] and options["account_groups"]:
            problem = problem or "account_groups are for a virtual account; leave them out with managed_account"
    if problem:
        raise Stop("refused", "endpoint_values", flow.server, detail=problem)
    return values


def _ask_for(flow: Flow, name: str, wanted: Mapping[str, Any], fingerprint: str) -> None:
    given: dict[str, Any] = {"Name": name}
    function = "Unregister-EntraSyncEndpoint"
    if wanted["state"] != "absent":
        function = "Register-EntraSyncEndpoint"
        given |= {"Capability": wanted["capability"], "Groups": wanted["groups"], "AccountGroups": wanted["account_groups"] or None}
        given |= {"ManagedAccount": wanted["managed_account"] or None, "Fingerprint": fingerprint}
    try:
        flow.topology.call(flow.server, function, CALL_SECONDS, **given)
    except ResultUnknown as error:
        flow.topology.changed = True  # it may have been taken: from here on only reads follow
        flow.tell(f"{flow.server}: the answer to the request was lost ({error.detail}); reading what came of it")


def _await(flow: Flow, name: str, wanted: Mapping[str, Any], fingerprint: str, seconds: int) -> dict[str, Any]:
    """Read, over a new connection each time one was lost, until it is there or has failed."""
    start = told = time.monotonic()
    flow.tell(f"{flow.server}: {name} was asked for; WinRM restarts there, and this connection ends (max {clock(seconds)}, timeout)")
    while True:
        try:
            found = _read(flow, name)
            state = str(found.get("state"))
        except (ConnectError, ResultUnknown) as error:
            found, state = {}, f"no answer ({error.code})"
        if found and _reached(found, wanted, fingerprint):
            return found
        if state == "failed":
            raise Stop("incomplete", "endpoint_failed", flow.server, name=name, detail=str(found.get("error")))
        now = time.monotonic()
        if now - start >= seconds:
            raise Stop("unknown", "endpoint_not_seen", flow.server, name=name, seconds=seconds, detail=state)
        if now - told >= TELL_EVERY:
            told = now
            flow.tell(f"{flow.server}: waiting for {name} ({clock(now - start)} of max {clock(seconds)}, timeout): {state}")
        time.sleep(POLL_SECONDS)


def _read(flow: Flow, name: str) -> dict[str, Any]:
    return flow.topology.call(flow.server, "Get-EntraSyncEndpoint", CALL_SECONDS, Name=name)


def _reached(found: Mapping[str, Any], wanted: Mapping[str, Any], fingerprint: str) -> bool:
    if wanted["state"] == "absent":
        return found.get("state") == "absent" and not found.get("exists")
    return found.get("state") == "registered" and found.get("fingerprint") == fingerprint


def _shown(found: Mapping[str, Any]) -> dict[str, Any]:
    values = {key: found.get(key) or NONE[key] for key in NONE}
    return {**values, "groups": [str(each) for each in values["groups"]], "account_groups": [str(each) for each in values["account_groups"]]}
