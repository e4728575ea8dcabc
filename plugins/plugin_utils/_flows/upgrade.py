# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Upgrade one staging server: lay the wizard down, ask the operator to run it, watch, prove.

Internal to the collection: no promise of stability between releases.

Only the wizard upgrades; a quiet MSI puts it on the disk and changes nothing else (adsync.md 6.3). The service runs meanwhile,
so a wrong tick in the wizard could start exports: staging read off quarantines and holds the server at once (design, step 11).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._errors import Refused, ResultUnknown
from .._rules.quiet import idle
from .._rules.reads import ServerRead
from .._rules.roles import role_of
from .._rules.versions import Version, facts_of
from . import claims
from .flow import Flow, Stop
from .installer import Msi, bring_installer, check_installer

INSTALL_SECONDS = 900


def upgrade(flow: Flow, options: Mapping[str, Any], check: bool) -> dict[str, Any]:
    """Bring the task's server to ``version``.

    Raises:
        Stop: not staging, no usable MSI, ``needs_operator``, or the wizard left something that is not right.
    """
    try:
        wanted = Version.parse(options["version"])
    except ValueError as error:
        raise Stop("refused", "bad_version", flow.server, detail=str(error)) from None
    read = flow.read_one(full=True)
    facts = facts_of(read)
    before, after = {"version": facts.engine_text}, {"version": str(wanted)}
    if facts.engine is not None and facts.engine >= wanted and not facts.pending_wizard:
        return {"outcome": "already", "version": facts.engine_text, "before": before, "after": before}
    role = role_of(read)
    if role.name != "staging" or not role.certain:
        raise Stop("refused", "upgrade_needs_staging", flow.server, detail=role.reason)
    laid_down = facts.wizard is not None and facts.wizard >= wanted
    msi = None if laid_down else check_installer(flow, options)
    transfer = {} if msi is None else msi.as_value()
    if not options["operator_ready"]:
        raise Stop("needs_operator", "operator_not_ready", flow.server, what=f"upgrade to {wanted}")
    if check:
        flow.topology.changed = True
        return {"outcome": "planned", "version": facts.engine_text, "before": before, "after": after, "transfer": transfer}
    with claims.own_server(flow):
        if msi is not None:
            bring_installer(flow, msi)
            lay_down(flow, msi, wanted)
        _wizard(flow, wanted)
    return {"outcome": "done", "version": str(wanted), "before": before, "after": after, "transfer": transfer}


def lay_down(flow: Flow, msi: Msi, wanted: Version) -> None:
    """Run the MSI quietly; what counts afterwards is the wizard's version on disk, not the exit code alone."""
    flow.tell(f"{flow.server}: laying down {msi.given}, quietly; the running version stays as it is")
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
        raise Stop("incomplete", refused.code, flow.server, detail=refused.detail) from None
    except ResultUnknown:
        answer = {}  # what is on the disk decides below
    wizard = facts_of(flow.read_one(full=True)).wizard
    if wizard is None or wizard < wanted:
        raise Stop("incomplete", "not_laid_down", flow.server, exit_code=answer.get("exit_code", "unknown"), found=str(wizard))


def _wizard(flow: Flow, wanted: Version) -> None:
    flow.tell(
        f"OPERATOR: on {flow.server} open AzureADConnect.exe, Upgrade, sign in, leave 'Enable staging mode' and "
        "'Start the synchronization process' ticked, finish and close it"
    )

    def done(reads: dict[str, ServerRead]) -> bool:
        read = reads[flow.server]
        if read.staging_scheduler is False or read.staging_settings == "False":
            _wrong_tick(flow)
        if read.service_status != "Running" or read.wizard_running is not False or idle(read) is None or read.scheduler_suspended is not False:
            return False
        facts = facts_of(flow.read_one(full=True))
        return facts.engine is not None and facts.engine >= wanted and not facts.pending_wizard

    flow.wait(
        f"{flow.server}: waiting for the operator to finish the upgrade to {wanted}",
        [flow.server],
        done,
        flow.waits.wizard_timeout,
        "wizard_timeout",
        lambda reads: "the wizard is open" if reads[flow.server].wizard_running else "the wizard is not open",
    )
    flow.topology.changed = True  # by a person, at our request
    role = role_of(flow.read_one())
    if role.name != "staging":
        raise Stop("unknown", "role_unknown", flow.server, detail=role.reason)


def _wrong_tick(flow: Flow) -> None:
    flow.tell(f"{flow.server}: staging mode was turned off during the upgrade: blocking and stopping it now")
    flow.topology.call(flow.server, "Enter-EntraSyncQuarantine", seconds=120.0)
    raise Stop("incomplete", "wrong_tick", flow.server)
