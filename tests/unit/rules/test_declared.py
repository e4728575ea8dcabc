# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which servers a user declares out: what can be meant, and one sentence for everything that cannot."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.declared import Declared, failing, needs_tasks, parse, rejoining

NAMES = ["srv1", "srv2", "srv3"]
OFF = {"fence": "powered_off", "reason": "burnt", "evidence": "ticket 4711"}
DEAD = {"entra_connect_dead": "srv1", "entra_connect_fence": "asserted", "entra_connect_fence_reason": "burnt"}


@pytest.mark.parametrize("nobody", [None, "", {}])
def test_nobody(nobody: Any) -> None:
    """An empty value is one that was not given."""
    assert parse(nobody, NAMES) == ({}, [])


def test_each_kind() -> None:
    """Evidence is wanted for a machine that is off only."""
    value = {"srv1": OFF, "srv2": {"fence": "asserted", "reason": 4711}, "srv3": {"fence": "cloud", "reason": "cut off"}}
    found, sentences = parse(value, NAMES)
    assert sentences == []
    assert found["srv1"] == Declared("srv1", "powered_off", "burnt", "ticket 4711")
    assert found["srv2"] == Declared("srv2", "asserted", "4711", "")
    assert found["srv3"].kind == "cloud"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("srv3", "write a mapping, such as {srv3: {fence: powered_off"),
        ({"srv9": OFF}, "names srv9, which is not in the group 'entra_connect'; write one of srv1, srv2, srv3"),
        ({"srv3": "off"}, "srv3 is 'off'; write a mapping"),
        ({"srv3": {**OFF, "fence": "magic"}}, "the fence of srv3 is 'magic'; write one of cloud, powered_off, asserted"),
        ({"srv3": {**OFF, "reason": " "}}, "srv3 has no reason; write why it is out"),
        ({"srv3": {**OFF, "evidence": True}}, "srv3 has no evidence; write what shows that it is powered off"),
        ({"srv3": {**OFF, "resaon": "x"}}, "srv3 has 'resaon'; write fence, reason and evidence only"),
    ],
)
def test_what_cannot_be_meant(value: Any, said: str) -> None:
    """One sentence says what, where, and what to write."""
    found, sentences = parse(value, NAMES)
    assert found == {}
    assert len(sentences) == 1
    assert said in sentences[0]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"entra_connect_dead": ""}, "entra_connect_dead is not given"),
        ({"entra_connect_dead": "srv9"}, "entra_connect_dead is 'srv9', which is not in the group"),
        ({"entra_connect_fence": ""}, "entra_connect_fence is ''; write what keeps srv1 from exporting"),
        ({"entra_connect_fence_reason": ""}, "entra_connect_fence_reason is not given"),
        ({"entra_connect_fence": "powered_off"}, "entra_connect_fence_evidence is not given"),
    ],
)
def test_a_failover_names_the_dead_server_and_its_fence(changes: dict[str, Any], said: str) -> None:
    """Nothing of it has a default."""
    assert failing(DEAD, NAMES) == ({"srv1": Declared("srv1", "asserted", "burnt")}, [])
    found, sentences = failing({**DEAD, **changes}, NAMES)
    assert found == {}
    assert said in sentences[0]


def test_a_rejoin_names_a_server_that_is_asked() -> None:
    """One that is still declared out would not be."""
    assert rejoining({"entra_connect_rejoin": "srv1"}, NAMES, []) == []
    assert "is not given" in rejoining({}, NAMES, [])[0]
    assert "not in the group" in rejoining({"entra_connect_rejoin": "srv9"}, NAMES, [])[0]
    assert "take it out there first" in rejoining({"entra_connect_rejoin": "srv1"}, NAMES, ["srv1"])[0]


def test_a_cloud_identity_needs_somebody_who_reads_it() -> None:
    """The task file of the user."""
    cloud = {"srv1": Declared("srv1", "cloud", "cut off")}
    assert "entra_connect_identity_tasks is not given" in needs_tasks(cloud, {})[0]
    assert needs_tasks(cloud, {"entra_connect_identity_tasks": "x.yml"}) == []
    assert needs_tasks({"srv1": Declared("srv1", "asserted", "burnt")}, {}) == []
