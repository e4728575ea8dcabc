# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The guards that every changing function shares: equal token, no child, journal. The lock of the clock stands for the mutex."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ..model.errors import Refused
from ..model.server import ModelServer
from . import _record

WITHOUT_ADSYNC = (
    "New-EntraSyncClaim",
    "Close-EntraSyncClaim",
    "Install-EntraSyncModule",
    "Uninstall-EntraSyncModule",
    "Register-EntraSyncEndpoint",
    "Unregister-EntraSyncEndpoint",
)


@contextmanager
def change(server: ModelServer, name: str, epoch: int = 0, run_id: str = "", needs_token: bool = True, detail: str = "") -> Iterator[dict[str, Any]]:
    """Within the block the record may be changed; it is written, and the lease renewed, when the block ends well."""
    if not server.module_present and name not in WITHOUT_ADSYNC:
        raise Refused("module_missing", "the ADSync module cannot be imported")
    record = _record.load(server)
    check_token(record, epoch, run_id, needs_token)
    token = f"{epoch}.{run_id}"
    journal(server, name, "intent", token, detail)
    try:
        yield record
    except Refused as refused:
        _record.save(server, record)
        journal(server, name, "unknown" if refused.code == "unknown_result" else "refused", token)
        raise
    if epoch and record["claim"]:
        record["claim"]["lease"] = max(record["claim"]["lease"], time.time() + record["claim"]["lease_seconds"])
    _record.save(server, record)
    journal(server, name, "done", token, detail)
    server.world.look()


def check_token(record: dict[str, Any], epoch: int, run_id: str, needs_token: bool) -> None:
    """Raises `Refused` unless the token is that of the claim; where none is needed, only a live claim stands against the call."""
    claim = record["claim"]
    if not epoch:
        if needs_token:
            raise Refused("claim_missing", "no token was given")
        if claim and _record.is_live(claim):
            raise Refused("claim_live", f"{claim['who']} holds it since {claim['since']} with token {claim['epoch']}.{claim['run_id']}")
        return
    if claim is None:
        raise Refused("claim_missing", "there is no claim here")
    if (claim["epoch"], claim["run_id"]) != (epoch, run_id):
        raise Refused("claim_changed", f"{claim['who']} holds it since {claim['since']} with token {claim['epoch']}.{claim['run_id']}")
    if claim["ended"]:
        raise Refused("claim_ended", "the claim was ended")


def journal(server: ModelServer, name: str, what: str, token: str = "", detail: str = "") -> None:
    """Append one entry; no journal, no change. A call without a claim has the token ``0.``, as our functions write it."""
    if server.journal_fails:
        raise Refused("journal_failed", "the journal cannot be written")
    entry = {"at": time.time(), "moment": server.world.clock.now, "function": name, "what": what, "token": token, "detail": detail}
    server.journal.append(entry)


def running(server: ModelServer) -> None:
    """Raises `Refused` unless ADSync runs, as its cmdlets do."""
    if server.service != "Running":
        raise Refused("service_stopped", "Synchronization Service is not running.")


def scheduler_readable(server: ModelServer) -> None:
    """Raises `Refused` unless the scheduler's cmdlet answers: not while ADSync is stopped, nor behind the block."""
    running(server)
    if server.quarantined:
        raise Refused("adsync_error", "There was an issue obtaining cloud sync intervals.")


def both_readings(server: ModelServer, record: dict[str, Any]) -> bool:
    """Whether both readings of the role answer; behind a block that the record knows, the global settings alone do."""
    return server.service == "Running" and (not server.quarantined or record["quarantine"] is not None)


def end_child(server: ModelServer) -> None:
    """End a child process of an earlier call; one that does not end refuses."""
    if server.child is not None:
        if server.child.get("stubborn"):
            raise Refused("child_running", "a call of an earlier run still waits for a sign-in")
        server.child = None


def keep_found(record: dict[str, Any], name: str, found: str, value: str) -> None:
    """Note what is present, and what we set instead; what was found before is kept, unless somebody changed it since."""
    for each in record["found"]:
        if each["name"] == name:
            if each["set"] != found:
                each["found"] = found
            each["set"] = value
            return
    record["found"].append({"name": name, "found": found, "set": value})


def drop_found(record: dict[str, Any], name: str) -> None:
    """Forget a found value."""
    record["found"] = [each for each in record["found"] if each["name"] != name]
