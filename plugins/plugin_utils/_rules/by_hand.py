# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands that go on, go back, and remove by hand what a stopped run leaves (design, sections 3 and 5).

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping

from .in_place import IN_PLACE
from .reads import ServerRead
from .roles import hold_state
from .rollback import VERB

_MODULE = "ansible {server} -m hybrid_identity.entra_connect.{name} -a {arguments}"
_PLAYBOOK = "ansible-playbook hybrid_identity.entra_connect."


def removal(reads: Mapping[str, ServerRead], claimed: Iterable[str]) -> list[str]:
    """One command for each server that is held or blocked, and one that ends the claim where it is still open on a server of ``claimed``.

    A wrong or broken hold is mended first, which holds it again: nothing that starts its service without a block, or lifts the block, is
    named for it.
    """
    commands = []
    for name, read in sorted(reads.items()):
        state = hold_state(read)
        if state in ("wrong", "broken"):
            commands.append(_ad_hoc(name, "adsync_staging", "enabled=true"))
        elif state != "none" or read.quarantine is not None:
            commands.append(_ad_hoc(name, "adsync_hold", "state=released"))
    first = min(claimed, default="")
    return [*commands, _ad_hoc(first, "adsync_claim", "state=absent")] if first else commands


def going_back(names: Iterable[str], playbook: str) -> str:
    """What goes back, for this topology alone: others of the same run may have ended well."""
    limit = shlex.quote(",".join(sorted(names)))
    if playbook == IN_PLACE:
        return f"no command goes back: only a snapshot or a backup of {limit} leads back from its upgrade"
    if playbook == VERB:
        return f"to go forward after all: {_PLAYBOOK}switch_roles --limit {limit} -e entra_connect_active=NAME"
    return f"to go back: {_PLAYBOOK}{VERB} --limit {limit}"


def _ad_hoc(server: str, name: str, arguments: str) -> str:
    return _MODULE.format(server=shlex.quote(server), name=name, arguments=arguments)
