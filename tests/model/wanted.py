# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a run is started for, as `model.yml` writes it: one command of a person in a few words."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.declared import KINDS, Declared

FORMS = "SERVER | SERVER without DEAD KIND | rollback | failover DEAD KIND | rejoin SERVER"


class Wanted(NamedTuple):
    """``verb`` is the playbook; ``target`` whom it makes active (empty: the product decides); ``out`` who is declared out; ``back`` who rejoins."""

    verb: str
    target: str = ""
    out: tuple[Declared, ...] = ()
    back: str = ""

    @property
    def declared(self) -> dict[str, Declared]:
        """Who is declared out, by name."""
        return {each.server: each for each in self.out}


@cache
def parse(text: str) -> Wanted:
    """One of `FORMS`.

    Raises:
        ValueError: it is none.
    """
    words = text.split()
    if len(words) == 1:
        return Wanted("rollback") if words == ["rollback"] else Wanted("switch_roles", words[0])
    if len(words) == 2 and words[0] == "rejoin":
        return Wanted("rejoin", back=words[1])
    if len(words) == 3 and words[0] == "failover":
        return Wanted("failover", out=(_declared(*words[1:]),))
    if len(words) == 4 and words[1] == "without":
        return Wanted("switch_roles", words[0], (_declared(*words[2:]),))
    raise ValueError(f"'{text}' is none of {FORMS}")


def _declared(server: str, kind: str) -> Declared:
    if kind not in KINDS:
        raise ValueError(f"there is no fence of the kind {kind}")
    return Declared(server, kind, "dead", "seen" if kind == "powered_off" else "")
