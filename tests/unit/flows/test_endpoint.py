# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What no endpoint can have is refused before anything is asked for."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._errors import FunctionsMissing
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.endpoint import endpoint

from .stage import Stage, ended

WANTED: dict[str, Any] = {
    "name": "Own",
    "state": "registered",
    "capability": "reader",
    "groups": ["CONTOSO\\g"],
    "account_groups": [],
    "managed_account": "",
    "timeout": 1,
}


def test_another_connection_than_psrp() -> None:
    """Nothing can come through an endpoint over it."""
    stage = Stage()
    stage.has_endpoints = False
    assert ended(endpoint, stage.flow(), WANTED, False) == ("refused", [("endpoint_needs_psrp", "srv1")])


@pytest.mark.parametrize("changes", [{"name": "9"}, {"groups": []}, {"managed_account": "CONTOSO\\a$", "account_groups": ["x"]}])
def test_values_that_no_endpoint_can_have(changes: dict[str, Any]) -> None:
    assert ended(endpoint, Stage().flow(), {**WANTED, **changes}, False) == ("refused", [("endpoint_values", "srv1")])


def test_a_server_without_the_module() -> None:
    stage = Stage()
    flow = stage.flow()
    assert ended(endpoint, flow, WANTED, False) == ("refused", [("server_module_missing", "srv1")])
    assert stage.writing() == []


@pytest.mark.parametrize(("state", "told"), [("failed", ("incomplete", "endpoint_failed")), ("pending", ("unknown", "endpoint_not_seen"))])
def test_an_endpoint_that_does_not_come(state: str, told: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The server says that it failed, or says nothing in time."""
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    stage = Stage()
    flow = stage.flow()
    stage.answers["srv1", "Get-EntraSyncModule"] = {"installed": [{"version": "1.0.0", "sha256": ""}]}
    stage.answers["srv1", "Register-EntraSyncEndpoint"] = {"changed": True}
    stage.answers["srv1", "Get-EntraSyncEndpoint"] = {"exists": False, "ours": False, "state": state, "error": "no"}
    assert ended(endpoint, flow, {**WANTED, "timeout": 0}, False) == (told[0], [(told[1], "srv1")])


def test_an_endpoint_of_somebody_else() -> None:
    """It is left alone."""
    stage = Stage()
    flow = stage.flow()
    stage.answers["srv1", "Get-EntraSyncModule"] = {"installed": [{"version": "1.0.0", "sha256": ""}]}
    stage.answers["srv1", "Get-EntraSyncEndpoint"] = {"exists": True, "ours": False, "state": "registered", "error": ""}
    assert ended(endpoint, flow, WANTED, True) == ("refused", [("endpoint_foreign", "srv1")])


def test_an_endpoint_does_not_change_itself() -> None:
    """A restricted one knows no function that does."""
    stage = Stage()
    flow = stage.flow()
    stage.answers["srv1", "Get-EntraSyncModule"] = FunctionsMissing("functions_missing", "srv1", "no script text")
    assert ended(endpoint, flow, WANTED, False) == ("refused", [("endpoint_restricted", "srv1")])
