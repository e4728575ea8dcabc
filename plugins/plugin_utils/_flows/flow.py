# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every sequence of calls shares: the servers, the waits, how progress is told, and how it ends early.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

import textwrap
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .._errors import SessionError
from .._rules.declared import Declared
from .._rules.intervals import clock
from .._rules.reads import ServerRead
from .._topology import Topology

__all__ = ["TELL_EVERY", "CLAIM_LOST", "Flow", "Stop", "Waits", "clock", "wrapped"]

CLAIM_LOST = frozenset({"claim_missing", "claim_changed", "claim_ended"})
TELL_EVERY = 30.0


@dataclass(frozen=True)
class Waits:
    """Seconds to wait at most, and between two polls; the names are those of the options, so that messages can name them."""

    idle_timeout: int = 1800
    cycle_timeout: int = 14400
    wizard_timeout: int = 3600
    close_timeout: int = 300
    poll_interval: float = 10.0


class Stop(Exception):
    """The work ends here, with an outcome that is not ``done``.

    Attributes:
        outcome: one of the words of the design's table.
        refusals: what was found, each with its code, server and values for the table of codes.
        values: more of the module's documented return values.
    """

    def __init__(
        self, outcome: str, code: str = "", server: str = "", *, refusals: Sequence[Any] = (), values: dict[str, Any] | None = None, **params: Any
    ) -> None:
        from .._rules.refusals import Refusal

        self.outcome = outcome
        self.refusals = list(refusals) or [Refusal(code, server, params)]
        self.values = values or {}
        super().__init__(outcome)


@dataclass
class Flow:
    """One task's work on a topology.

    Attributes:
        topology: sessions to the servers.
        server: the server that the task is about.
        waits: how long to wait.
        tell: shows one line of progress to the user.
        run: what the playbook knows of its run (report path and id), if any.
        out: the servers that are declared out, by name.
    """

    topology: Topology
    server: str
    waits: Waits
    tell: Callable[[str], None]
    run: dict[str, Any] | None = None
    zero_since: float | None = field(default=None)
    out: Mapping[str, Declared] = field(default_factory=dict)

    def show(self, lines: Iterable[str]) -> None:
        """Show a text of several lines to the user."""
        for line in lines:
            self.tell(line)

    def read_one(self, full: bool = False) -> ServerRead:
        """A fresh read of the task's own server.

        Raises:
            SessionError: it did not answer.
        """
        return ServerRead.from_answer(self.server, self.topology.call(self.server, "Get-EntraSyncServer", Full=full))

    def wait(
        self,
        what: str,
        names: Iterable[str],
        done: Callable[[dict[str, ServerRead]], bool],
        limit: int,
        limit_name: str,
        describe: Callable[[dict[str, ServerRead]], str] = lambda reads: "",
    ) -> dict[str, ServerRead]:
        """Poll servers until ``done`` says so, and tell the progress.

        Raises:
            Stop: the claim was lost (``claim_lost``), or ``limit`` seconds have passed (``wait_timed_out``, naming the option).
        """
        names = list(names)
        start = told = renewed = time.monotonic()
        while True:
            reads = self.topology.poll(names)
            self._check_claim(reads)
            if time.monotonic() - renewed > self.topology.lease_seconds / 3:
                renewed = time.monotonic()
                self._check_claim(self.topology.renew([name for name in self.topology.names if name not in names]))
            if done(reads):
                return reads
            now = time.monotonic()
            state = describe(reads)
            if now - start >= limit:
                raise Stop("incomplete", "wait_timed_out", ", ".join(names), what=what, seconds=limit, option=limit_name, state=state)
            if now - told >= TELL_EVERY or told == start:
                told = now
                self.tell(f"{what} ({clock(now - start)} of max {clock(limit)}, {limit_name}){': ' + state if state else ''}{self._zero(now)}")
            time.sleep(min(self.waits.poll_interval, max(0.1, limit - (now - start))))

    def long_call(self, names: Iterable[str], function: str, seconds: float, **parameters: Any) -> tuple[dict[str, Any], dict[str, SessionError]]:
        """As `Topology.call_each`, for a call that tells nothing on the way: meanwhile the claim, where one is held, is renewed on the other servers.

        That is enough for it to live, and the lease stays as short as it is, so that after a crash the next run need not wait.

        Raises:
            Stop: the claim was lost before it (``claim_lost``); later the next request finds that.
        """
        names = list(names)
        self.keep_claim()
        others = self.topology.idle_names(names)
        return self.topology.call_each(names, function, seconds, meanwhile=lambda: self.topology.renew(others), **parameters)

    def keep_claim(self) -> None:
        """Renew the claim, where one is held, on every server.

        Raises:
            Stop: the claim was lost (``claim_lost``). A server that does not answer is none; the next change there needs the token anyway.
        """
        self._check_claim(self.topology.renew(self.topology.names))

    def _zero(self, now: float) -> str:
        return f"; nobody exports for {clock(now - self.zero_since)}" if self.zero_since is not None else ""

    def nobody_exports(self) -> dict[str, Any]:
        """Start the clock of zero active servers, unless it runs; as a fact, so that later tasks of the run show it too."""
        if self.zero_since is None:
            self.zero_since = time.monotonic()
        return {"entra_connect_zero_since": self.zero_since}

    def _check_claim(self, reads: dict[str, ServerRead]) -> None:
        for name, read in reads.items():
            if read.silent_kind in CLAIM_LOST:
                raise Stop("incomplete", "claim_lost", name, detail=read.silent_message)


def wrapped(text: str) -> list[str]:
    """A line for the user, cut into lines of at most 98 columns and set in."""
    return textwrap.wrap(text, 98, initial_indent="  ", subsequent_indent="      ") or [""]
