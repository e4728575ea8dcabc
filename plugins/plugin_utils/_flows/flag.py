# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turn the staging flag: by the global settings, or by asking a person at the wizard.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from .._errors import ResultUnknown
from .._rules.roles import role_of
from .flow import Flow


def set_staging_by_settings(flow: Flow) -> None:
    """One call that reads, changes and writes the global settings; an unknown result is followed by reads only (S4)."""
    try:
        flow.topology.call(flow.server, "Enable-EntraSyncStaging", seconds=120.0)
    except ResultUnknown as error:
        if settled(flow) != "staging":
            raise error from None


def settled(flow: Flow) -> str:
    """The role of the task's server once two reads in a row agree; ``unknown`` when five reads did not."""
    last = ""
    for _each in range(5):
        name = role_of(flow.topology.read([flow.server])[flow.server]).name
        if name == last and name != "unknown":
            return name
        last = name
    return "unknown"


def ask_for_wizard(flow: Flow, what: str) -> None:
    """Tell the operator what to click, and wait until the flag reads back and the wizard is gone."""
    tick = "tick" if what == "demote" else "untick"
    wanted = "staging" if what == "demote" else "active"
    flow.tell(
        f"OPERATOR: on {flow.server} open AzureADConnect.exe, Configure staging mode, sign in, {tick} 'Enable staging mode', "
        "leave 'Start the synchronization process' ticked, Configure, Exit"
    )
    flow.wait(
        f"waiting for the wizard on {flow.server} to {what}",
        [flow.server],
        lambda reads: role_of(reads[flow.server]).name == wanted and reads[flow.server].wizard_running is False,
        flow.waits.wizard_timeout,
        "wizard_timeout",
    )
    flow.topology.changed = True  # by a person, at our request
