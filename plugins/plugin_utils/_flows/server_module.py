# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Install our functions as a PowerShell module on one server, or remove them.

Internal to the collection: no promise of stability between releases.

The functions' text is always sent along here: what is installed may be missing, damaged, or of a version that nothing else talks to.
"""

from __future__ import annotations

from typing import Any

from .. import _server_module
from .flow import Flow, Stop

NONE: dict[str, Any] = {"version": "", "sha256": "", "others": []}


def install(flow: Flow, state: str, check: bool) -> dict[str, Any]:
    """Bring the module of the task's server into ``state``, ``present`` in this collection's version or ``absent``.

    Raises:
        Stop: it was done, but does not read so (``module_unproved``).
        SessionError: refused, or no answer.
    """
    flow.topology.sessions[flow.server].send_text()
    before = _present(flow)
    after = {"version": _server_module.version(), "sha256": _server_module.sha256(), "others": []} if state == "present" else NONE
    shown = {"version": after["version"], "sha256": after["sha256"]}
    if before == after:
        return {"outcome": "already", **shown, "before": before, "after": after, "left": []}
    if check:
        flow.topology.changed = True
        return {"outcome": "planned", **shown, "before": before, "after": after, "left": []}
    if state == "present":
        answer = flow.topology.call(
            flow.server, "Install-EntraSyncModule", Version=shown["version"], Sha256=shown["sha256"], Files=_server_module.files_text()
        )
    else:
        answer = flow.topology.call(flow.server, "Uninstall-EntraSyncModule")
    now = _present(flow)
    left = [str(each) for each in answer.get("left") or []]
    # an older version that was in use stays until the next run; a newer one would be loaded in the place of ours
    if shown != {"version": now["version"], "sha256": now["sha256"]}:
        raise Stop("incomplete", "module_unproved", flow.server, detail=", ".join(left))
    return {"outcome": "done" if flow.topology.changed else "already", **shown, "before": before, "after": now, "left": left}


def _present(flow: Flow) -> dict[str, Any]:
    """The version that PowerShell loads there, and the numbers of the others."""
    answer = flow.topology.call(flow.server, "Get-EntraSyncModule")
    newest, *others = [each for each in answer.get("installed") or [] if isinstance(each, dict)] or [NONE]
    return {"version": str(newest["version"]), "sha256": str(newest["sha256"]), "others": [str(each["version"]) for each in others]}
