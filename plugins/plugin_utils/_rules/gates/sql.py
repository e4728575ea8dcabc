# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""sql: an engine that does not reach its database, and an upgrade by somebody who may not change it.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from ..refusals import Refusal
from ..situation import Situation
from ._facts import judged, not_checked, running
from ._gate import BEFORE, Check, Checked, Gate, Said

GATE = Gate(
    id="sql",
    title="every engine reaches its database",
    moments=(BEFORE,),
    reads="What each engine tells of its database: server, instance, name. An answer shows that it reaches it; who owns it is not read.",
    verdict="Fails where a running engine cannot tell; warns before an upgrade on a remote SQL server: whoever runs the wizard must own it, which "
    "is not checked.",
    todo="Bring the SQL server up. Before an upgrade, make the account that runs the wizard owner (db_owner) of the database.",
    protects="L1",
    why="An engine without its database runs no cycle, and its upgrade ends half-way.",
    shows=("database_unreached",),
    codes={
        "database_unreached": Said(
            "The engine of {server} does not tell its database ({why}).",
            "Look at the SQL server of {server}, then run Get-ADSyncDatabaseConfiguration there.",
        ),
        "database_owner_unchecked": Said(
            "The upgrade of {server} changes the database {database} on {sql}; whether the account that runs the wizard owns it was not checked.",
            "Have the account that runs the wizard made db_owner of {database} before.",
        ),
    },
    checks=(
        Check(("database_unreached",), "A database that is not reached: no run, and no upgrade."),
        Check(("database_owner_unchecked",), "Only told: an upgrade by somebody who may not change the database ends half-way."),
    ),
)


def check(situation: Situation) -> Checked:
    """Every engine reaches its database."""
    fails: list[Refusal] = []
    warns = not_checked(situation, "the database", lambda facts: facts.sql_read is not None)
    said: list[str] = []
    for read, facts in running(situation):
        if facts.sql_read is False and read.service_status == "Running":
            fails.append(Refusal("database_unreached", read.name, {"why": facts.sql_error or "no reason was given"}))
        if facts.sql_read:
            said.append(f"{read.name} {facts.sql_server} {facts.sql_database}")
        if facts.sql_local is False and read.name in situation.plan.upgrading:
            values = {"database": facts.sql_database or "ADSync", "sql": facts.sql_server or "the SQL server"}
            warns.append(Refusal("database_owner_unchecked", read.name, values))
    return judged(situation, fails, warns, "; ".join(said) or "not checked")
