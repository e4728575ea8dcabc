# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Upgrade one server: check, lay the wizard down, ask the operator to run it, watch, prove.

Internal to the collection: no promise of stability between releases.

The service runs meanwhile, so a wrong tick in the wizard could start exports: staging read off quarantines and holds the server at once
(design, step 11). A server that restarts, or does not answer for a while, is unknown and asked again until ``wizard_timeout``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._rules import in_place
from .._rules.operator_needs import needs
from .._rules.reads import ServerRead
from .._rules.refusals import Refusal
from .._rules.upgrading import changes, state_refusals, version_refusals
from .._rules.versions import Version, facts_of
from . import claims
from .flow import Flow, Stop
from .installer import bring_installer, check_installer
from .laying import lay_down
from .wizard import Watch, prove, watch


def upgrade(flow: Flow, options: Mapping[str, Any], check: bool) -> dict[str, Any]:
    """Bring the task's server to ``version``.

    Raises:
        Stop: what stands against it, before anything changes; ``needs_operator``; ``incomplete`` where the same call goes on later.
        SessionError: the server did not answer before anything was asked of it.
    """
    wanted = _wanted(flow, options)
    alone = bool(options["only_server"])
    _refuse(in_place.alone([*flow.topology.names, *flow.out]) if alone else [])
    read = flow.read_one(full=True)
    facts = facts_of(read)
    before, after = {"version": facts.engine_text}, {"version": str(wanted)}
    if facts.engine == wanted and not facts.pending_wizard:
        return {"outcome": "already", "version": facts.engine_text, "before": before, "after": before}
    claimed = flow.topology.token is not None or bool(options["take_over"])
    accepted = str(options["accept_known_bad"] or "")
    _refuse([*version_refusals(facts, flow.server, wanted, accepted), *state_refusals(read, claimed, "active" if alone else "staging")])
    if accepted:
        flow.tell(f"{flow.server}: {wanted} is taken though it may be known to be bad: {accepted}")
    msi = None if facts.laid_down(wanted) else check_installer(flow, options, wanted)
    transfer = {} if msi is None else msi.as_value()
    if not options["operator_ready"]:
        ready = needs([flow.server], [], str(options.get("msi") or ""))
        raise Stop("needs_operator", "operator_not_ready", flow.server, what=f"upgrade to {wanted}", ready=ready)
    if check:
        flow.topology.changed = True
        return {"outcome": "planned", "version": facts.engine_text, "before": before, "after": after, "transfer": transfer}
    with claims.own_server(flow):
        restart = False
        if msi is not None:
            bring_installer(flow, msi)
            restart = lay_down(flow, msi, wanted).then == "restart"
        work = Watch(wanted, "active" if alone else "staging", (read.boot_id or "unread") if restart else "")
        watch(flow, work)
        proved = prove(flow, work, read)
    values = _values(flow, read, proved, work)
    return {"outcome": "done", "version": str(wanted), "before": before, "after": after, "transfer": transfer, **values}


def _refuse(refusals: list[Refusal]) -> None:
    if refusals:
        raise Stop("refused", refusals=refusals)


def _wanted(flow: Flow, options: Mapping[str, Any]) -> Version:
    try:
        return Version.parse(options["version"])
    except ValueError as error:
        raise Stop("refused", "bad_version", flow.server, detail=str(error)) from None


def _values(flow: Flow, before: ServerRead, after: ServerRead, work: Watch) -> dict[str, Any]:
    changed = changes(before, after)
    for name, value in changed["scheduler"].items():
        flow.tell(f"{flow.server}: the upgrade has changed {name} from {value['before']} to {value['after']}")
    if changed["queued"]:
        flow.tell(f"{flow.server}: the upgrade has queued full runs, which the next cycle does, for {', '.join(changed['queued'])}")
    if facts_of(after).configuration is None:
        flow.tell(f"{flow.server}: the version that configured the database was not read, so it is not proved")
    waits = bool(work.restart_from) and after.boot_id == work.restart_from
    if waits:
        flow.tell(f"{flow.server}: Windows still wants a restart, since the installer ended with 3010")
    versions = {"before": facts_of(before).as_dict(), "after": facts_of(after).as_dict()}
    return {"versions": versions, "changes": changed, "restart_pending": waits}
