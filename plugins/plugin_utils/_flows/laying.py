# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lay the new wizard down with a quiet msiexec, whatever becomes of the connection meanwhile.

Internal to the collection: no promise of stability between releases.

Only the wizard upgrades; a quiet MSI puts it on the disk and changes nothing else (adsync.md 6.3). What counts afterwards is the wizard's
version on the disk: a lost answer is followed by a look at it, and by the same request again where it is not there.
"""

from __future__ import annotations

import time

from .._errors import ConnectError, Refused, ResultUnknown
from .._rules.installing import Ending, ending
from .._rules.reads import ServerRead
from .._rules.versions import Version, facts_of
from .flow import Flow, Stop
from .installer import Msi

INSTALL_SECONDS = 900
POLLS_BETWEEN = 3  # before the same request again


def lay_down(flow: Flow, msi: Msi, wanted: Version) -> Ending:
    """Run the MSI until the wizard of the wanted version is on the disk, or Windows wants a restart before it is.

    Returns:
        How the installer ended.

    Raises:
        Stop: ``incomplete``: it ended badly, or another installation did not end within ``idle_timeout`` seconds.
    """
    flow.tell(f"{flow.server}: laying down {msi.given}, quietly; the running version stays as it is")
    began = time.monotonic()
    while True:
        end = _run(flow, msi)
        facts = facts_of(_look(flow))
        if facts.laid_down(wanted):
            if end.then not in ("go_on", "restart"):
                flow.tell(f"{flow.server}: msiexec ended with {end}; the wizard {facts.wizard} is on the disk all the same")
            return end
        if end.then == "restart":
            return end
        if end.then != "again" or time.monotonic() - began >= flow.waits.idle_timeout:
            raise Stop(
                "incomplete", "not_laid_down", flow.server, exit_code=end.code, means=end.means, found=str(facts.wizard or "not read"), todo=end.todo
            )
        flow.tell(f"{flow.server}: msiexec ended with {end}; asking again for at most {flow.waits.idle_timeout} s (idle_timeout)")
        _look(flow, POLLS_BETWEEN)


def _run(flow: Flow, msi: Msi) -> Ending:
    try:
        answer = flow.topology.call(
            flow.server,
            "Install-EntraSyncWizard",
            seconds=INSTALL_SECONDS + 60.0,
            Sha256=msi.sha256,
            TimeoutSeconds=INSTALL_SECONDS,
            **msi.where(),
        )
    except Refused as refused:
        if refused.code == "busy":  # an earlier request of ours, whose answer was lost, still runs
            return ending(None)
        raise Stop("incomplete", refused.code, flow.server, detail=refused.detail) from None
    except (ResultUnknown, ConnectError):
        return ending(None)
    return ending(answer.get("exit_code"))


def _look(flow: Flow, polls: int = 1) -> ServerRead:
    """The next read that is answered, at the earliest after so many polls."""
    seen = 0

    def done(reads: dict[str, ServerRead]) -> bool:
        nonlocal seen
        seen += 1
        return seen >= polls and reads[flow.server].answered

    def describe(reads: dict[str, ServerRead]) -> str:
        kind = reads[flow.server].silent_kind
        return f"it does not answer ({kind}): unknown, asking again" if kind else "it answers"

    what = f"{flow.server}: waiting for an answer after the installer"
    return flow.wait(what, [flow.server], done, max(flow.waits.idle_timeout, polls), "idle_timeout", describe)[flow.server]
