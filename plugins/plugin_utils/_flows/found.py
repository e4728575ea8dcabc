# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Put back what an operation of ours found on a server before it changed it.

Internal to the collection: no promise of stability between releases.

Restored only where the present value is the one we set; what somebody changed meanwhile is kept and told (design, section 3).
"""

from __future__ import annotations

from typing import Any

from .._errors import Refused
from .._rules.reads import ServerRead
from .flow import Flow, Stop

CALL_SECONDS = 120.0


def tell_change(flow: Flow, read: ServerRead, name: str, present: Any) -> None:
    """Tell where somebody has changed a value since an earlier run of ours had set it; called before it is set again."""
    kept = next((each for each in read.found if each.name == name), None)
    if kept is not None and str(present) not in (kept.set, kept.found):
        flow.tell(f"{flow.server}: somebody changed {name} from {kept.set} to {present} since; {present} is what will be restored")


def restore(flow: Flow, read: ServerRead, name: str, check: bool) -> dict[str, Any]:
    """Restore one found value of the task's server; ``already`` where none is kept.

    Raises:
        Stop: ``needs_operator`` where putting it back wants a sign-in.
    """
    kept = next((each for each in read.found if each.name == name), None)
    if kept is None:
        return {"outcome": "already", "before": {}, "after": {}}
    before, after = {name: kept.set}, {name: kept.found}
    if check:
        flow.topology.changed = True
        return {"outcome": "planned", "before": before, "after": after}
    try:
        answer = flow.topology.call(flow.server, "Restore-EntraSyncFound", seconds=CALL_SECONDS, Name=name)
    except Refused as refused:
        outcome = "needs_operator" if refused.code == "sign_in_wanted" else "incomplete"
        raise Stop(outcome, refused.code, flow.server, detail=refused.detail) from None
    if answer.get("restored") is not True:
        if answer.get("present") == kept.found:
            return {"outcome": "done", "before": {name: kept.found}, "after": after}
        flow.tell(
            f"{flow.server}: {name} is {answer.get('present')!r} now; found {kept.found!r} and set {kept.set!r}, "
            "somebody changed it since: kept as it is"
        )
        return {"outcome": "done", "before": before, "after": {name: answer.get("present")}, "kept": True}
    return {"outcome": "done", "before": before, "after": after}
