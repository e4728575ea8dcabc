# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that are declared out: their fences recorded, and taken away when they rejoin (`_flows.fence`, roles ``fence`` and ``rejoin``)."""

from __future__ import annotations

from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules import fences
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.goal import goal_in_force, left_open
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.quiet import idle
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.refusals import Refusal
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.roles import role_of
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.switch_table import row_of

from .program import Micro, Program, Reads, Run, Stop, index_of
from .servers import EXPORTED, identity_of
from .wanted import Wanted

FORGET = "Clear-EntraSyncFence"


class Fencing(Program):
    """What failover, rejoin and any run with a server that is declared out do about its fence."""

    def fence(self, wanted: Wanted, name: str) -> tuple[Micro, ...]:
        """Where its kind is cloud the identity is looked up, disabled and read back; then the fence goes to all others."""
        index, declared = index_of(name), wanted.declared[name]
        identity: tuple[Micro, ...] = (("look_up", index), ("read_back", index, "off")) if declared.kind == "cloud" else ()
        return (*identity, ("all", "fence", index))

    def looked_up(self, run: Run, enabled: bool) -> Run:
        """An identity that is enabled is announced, then disabled."""
        index = run.todo[0][1]
        announced: tuple[Micro, ...] = () if "announce" in self.without.readings else (("all", "announce", index),)
        return self.to(run, (*announced, ("identity", index, "off")) if enabled else ())

    def _announce(self, run: Run, reads: Reads, out_reads: Reads, index: int) -> tuple[Micro, ...]:
        return self._record(run, reads, out_reads, index, ("", ""))

    def _fence(self, run: Run, reads: Reads, out_reads: Reads, index: int) -> tuple[Micro, ...]:
        name = self.names[index]
        cloud = self.wanted(run).declared[name].kind == "cloud"
        return (*self._record(run, reads, out_reads, index, (identity_of(name), EXPORTED) if cloud else ("", "")), ("all", "fenced", index))

    def _record(self, run: Run, reads: Reads, out_reads: Reads, index: int, told: tuple[str, str]) -> tuple[Micro, ...]:
        name = self.names[index]
        declared = self.wanted(run).declared[name]
        self._refuse(fences.answering(out_reads))
        self._silent(reads)
        self._refuse(fences.writeback({name: declared}, reads))
        wanted = (name, declared.kind, declared.reason, declared.evidence, *told)
        given = {"Server": name, "Kind": declared.kind, "Reason": declared.reason, "Evidence": declared.evidence}
        parameters = tuple(sorted({**given, "Identity": told[0], "Exported": told[1]}.items()))
        lacking = [
            each
            for each, read in reads.items()
            if not any((one.server, one.kind, one.reason, one.evidence, one.identity, one.exported) == wanted for one in read.fences)
        ]
        return tuple(("call", index_of(each), row_of("fence").functions[0], parameters, "each") for each in lacking)

    def _fenced(self, run: Run, reads: Reads, index: int) -> tuple[Micro, ...]:
        """What was recorded is judged: a fence that is too young stops the run."""
        name = self.names[index]
        self._refuse(fences.young({name: self.wanted(run).declared[name]}, reads))
        return ()

    def _look(self, run: Run, reads: Reads) -> tuple[Micro, ...]:
        """The program of a rejoin."""
        name = self.wanted(run).back
        index, stands, kept = index_of(name), fences.fenced(reads).get(name), goal_in_force(reads)
        begun = kept is not None and kept.verb == "rejoin" and left_open(reads)
        if stands is None and not begun:
            return (("all", "one_active", ""),)
        others = [each for each, read in reads.items() if each != name and role_of(read).name == "active"]
        active = others[0] if len(others) == 1 else ""
        cloud = stands is not None and stands.fence.kind == "cloud"
        identity: tuple[Micro, ...] = (("identity", index, "on"), ("read_back", index, "on")) if cloud else ()
        hold: tuple[Micro, ...] = () if "hold" in self.without.rows else (("one", index, "hold"),)
        todo = (("all", "claim", active), ("one", index, "demote"), *hold, *identity, ("all", "forget", index))
        if left_open(reads) and (len(others) != 1 or any(read.promotion is not None for read in reads.values())):
            # a switch that a failover, or this rejoin, had begun is finished by a claim of its own, as `switch_roles` would
            return (*todo, *self._closes(run, "incomplete"), ("holds", None), ("all", "plan"))
        releases = tuple(("all", "release", each) for each in self.every(run))
        return (*todo, *releases, ("all", "one_active", active), ("all", "end_claim"))

    def _forget(self, run: Run, reads: Reads, index: int) -> tuple[Micro, ...]:
        """Take the fence away from all records that have it."""
        name = self.names[index]
        self._silent(reads)
        stands = fences.fenced(reads).get(name)
        if stands is None:
            return ()
        role = role_of(reads[name])
        if role.name != "held" and (role.name != "staging" or not role.certain or idle(reads[name]) is not True):
            self._refuse([Refusal("fence_not_quiet", name)])
        return tuple(("call", index_of(each), FORGET, (("Server", name),), "each") for each in stands.on)

    def _not_fenced(self, reads: Reads, name: str) -> None:
        """A server that was declared out and is back is not released before it has rejoined (`_flows.hold.release`)."""
        back = [each for each in fences.returned(reads) if each.server == name]
        if back:
            self._refuse([Refusal("fenced_answers", name)])


__all__ = ["Fencing", "Stop"]
