# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""When a run is new, goes on with one that did not finish, or goes back: the whole table."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.reads import Token
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.resuming import GOES_BACK, GOES_ON, NEW, resumes

from . import builders

LEFT = "2.6.92.0"  # the version of builders.a_goal, which wants srv2 active instead of srv1
FORWARD: dict[str, Any] = {"active": "srv2", "verb": "swing_upgrade", "version": LEFT}
BACK: dict[str, Any] = {"active": "srv1", "verb": "switch_roles", "version": ""}
THIRD: dict[str, Any] = {"active": "srv3", "verb": "switch_roles", "version": ""}


@pytest.mark.parametrize(
    ("wanted", "kept", "expected"),
    [
        (FORWARD, None, NEW),
        (BACK, None, NEW),
        ({**BACK, "verb": "rollback"}, None, GOES_BACK),
        (FORWARD, {"outcome": ""}, GOES_ON),
        (FORWARD, {"outcome": "incomplete"}, GOES_ON),
        (FORWARD, {"outcome": "stopped_zero_active"}, GOES_ON),
        (FORWARD, {"outcome": "done"}, NEW),
        (FORWARD, {"outcome": "", "verb": ""}, NEW),
        ({**FORWARD, "version": ""}, {"outcome": ""}, GOES_ON),
        ({**FORWARD, "version": "2.7.0.0"}, {"outcome": ""}, NEW),
        (FORWARD, {"outcome": "", "version": "", "verb": "switch_roles"}, NEW),
        (BACK, {"outcome": ""}, GOES_BACK),
        (BACK, {"outcome": "incomplete"}, GOES_BACK),
        (BACK, {"outcome": "", "verb": ""}, GOES_BACK),
        (BACK, {"outcome": "done"}, NEW),
        ({**BACK, "version": LEFT}, {"outcome": ""}, GOES_BACK),
        ({**BACK, "version": "2.7.0.0"}, {"outcome": ""}, NEW),
        ({**BACK, "verb": "rollback"}, {"outcome": "done"}, GOES_BACK),
        ({**BACK, "verb": "rollback"}, {"outcome": "", "verb": "rollback", "active": "srv1", "former": "srv2"}, GOES_BACK),
        (THIRD, {"outcome": ""}, NEW),
        (THIRD, {"outcome": "done"}, NEW),
        ({**FORWARD, "active": "srv1"}, {"outcome": "", "active": "srv1"}, GOES_ON),
        ({**FORWARD, "active": "srv1"}, {"outcome": "", "active": "srv1", "verb": ""}, NEW),
    ],
)
def test_what_a_run_is(wanted: dict[str, Any], kept: dict[str, Any] | None, expected: str) -> None:
    """By what it wants, and what the goal in force says."""
    left = {} if kept is None else {"goal": builders.a_goal(**kept)}
    reads = builders.of(builders.active("srv1", **left), builders.staging("srv2", **left))
    assert resumes(reads, builders.a_wish(**wanted)) == expected


def test_only_the_newest_goal_counts() -> None:
    """A server that was away keeps an older one, in which another server was active."""
    older = builders.a_goal(Token(1, "older"), active="srv1", former="srv2", outcome="")
    reads = builders.of(builders.active("srv1", goal=older), builders.staging("srv2", goal=builders.a_goal(outcome="done")))
    assert resumes(reads, builders.a_wish(**FORWARD)) == NEW
