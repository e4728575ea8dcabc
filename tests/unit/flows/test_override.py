# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Full runs that are queued: seen, set where they differ, read back."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.override import configure

from .stage import Stage, ended

CALL = ("srv1", "Set-EntraSyncConnectorOverride")


def queued(made: Stage, check: bool = False, **options: Any) -> Any:
    """How it ends."""
    return ended(configure, made.flow(), {"connector": None, "full_import": None, "full_sync": None, **options}, check)


def test_seen_and_set() -> None:
    """Nothing given only shows; all connectors, or the named one; the second time it is so already; planned without a change."""
    made = Stage()
    assert (queued(made), made.writing()) == (("already", []), [])
    assert (queued(made, True, full_sync=True), made.writing()) == (("planned", []), [])
    assert queued(made, full_sync=True) == ("done", [])
    assert set(made["srv1"].overrides.values()) == {(False, True)} and made.writing() == [CALL] * len(made["srv1"].connectors)
    assert queued(made, full_sync=True) == ("already", [])
    assert queued(made, connector="contoso.local", full_import=True, full_sync=False) == ("done", [])
    assert made["srv1"].overrides["contoso.local"] == (True, False)


@pytest.mark.parametrize("given", [{"connector": "contoso"}, {"connector": "none", "full_sync": True}])
def test_no_such_connector(given: dict[str, Any]) -> None:
    """Told with the names that there are; nothing is set."""
    made = Stage()
    assert (queued(made, **given), made.writing()) == (("refused", [("connector_missing", "srv1")]), [])


def test_what_is_queued_cannot_be_read() -> None:
    """Then nothing is set."""
    made = Stage()
    made["srv1"].stop_service()
    assert (queued(made, full_sync=True), made.writing()) == (("unknown", [("overrides_unread", "srv1")]), [])


def test_not_read_back() -> None:
    """What a cmdlet said counts for nothing."""
    made = Stage()
    made.answers[CALL] = {"changed": True}
    assert queued(made, full_sync=True) == ("unknown", [("not_read_back", "srv1")])
