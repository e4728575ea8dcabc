# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the model says of the order of requests is so: it is compared with the product's own roles and flows, run in process.

A change of `_flows` or of a role that sends a request earlier, later, to another server, or without the reading before it, fails here.
"""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows import promote
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.flow import Flow
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.reads import ServerRead

from tests.inprocess.interpreter import ROOT

from .order import Run, of_model, of_product

OUT = {"srv1": {"fence": "powered_off", "reason": "dead", "evidence": "seen"}}
FENCE = {"entra_connect_fence": "powered_off", "entra_connect_fence_reason": "dead", "entra_connect_fence_evidence": "seen"}


def settings(method: str, **variables: Any) -> dict[str, Any]:
    """Variables of a run by this method."""
    ready = {"entra_connect_operator_ready": True} if method == "wizard" else {}
    return {"entra_connect_method": method, "entra_connect_take_over": True, **ready, **variables}


def switch(to: str, method: str) -> Run:
    """A switch of roles."""
    return Run(to, "switch_roles", settings(method, entra_connect_active=to))


def back(method: str) -> Run:
    """A rollback."""
    return Run("rollback", "rollback", settings(method))


def failover(method: str, before: str = "") -> Run:
    """Another server in the place of srv1; the fact of the role is given as a variable, which other hosts see."""
    return Run("failover srv1 powered_off", "failover", settings(method, entra_connect_dead="srv1", failover_declared_out=OUT, **FENCE), before)


def rejoin(method: str, before: str = "") -> Run:
    """The dead server comes back."""
    return Run("rejoin srv1", "rejoin", settings(method, entra_connect_rejoin="srv1"), before)


def compare(runs: list[Run], servers: int, method: str, stops: list[int]) -> list[int]:
    """How many requests each run sent; fails where they differ."""
    model, product = of_model(runs, servers, method, stops), of_product(runs, servers, stops)
    for ours, theirs in zip(model, product, strict=True):
        assert [each.place for each in ours] == [each.place for each in theirs], stops
        for mine, real in zip(ours, theirs, strict=True):
            assert mine.seen <= real.seen, (stops, mine, real)  # the product may look more often, never less
    return [len(each) for each in model]


WAYS = {
    "settings": ([switch("srv2", "settings"), switch("srv2", "settings"), switch("srv1", "settings")], 2, "settings"),
    "wizard": ([switch("srv2", "wizard"), switch("srv2", "wizard"), switch("srv1", "wizard")], 2, "wizard"),
    "three": ([switch("srv2", "settings"), switch("srv3", "settings")], 3, "settings"),
    "rollback": ([switch("srv2", "settings"), back("settings")], 2, "settings"),
    "failover": ([failover("settings", "down srv1"), failover("settings"), rejoin("settings", "up srv1")], 2, "settings"),
    "failover_of_three": ([failover("settings", "down srv1"), failover("settings"), rejoin("settings", "up srv1")], 3, "settings"),
}


@pytest.mark.parametrize("name", WAYS)
def test_requests_are_sent_in_the_order_of_the_product(name: str) -> None:
    """Without a crash, and with a crash of the first run after each of its requests."""
    runs, servers, method = WAYS[name]
    none = [0] * len(runs)
    sent = compare(runs, servers, method, none)[0]
    assert sent > 3
    for stop in range(1, sent + 1):
        compare(runs, servers, method, [stop, *none[1:]])


def test_a_rejoin_is_cut_off_after_each_of_its_requests() -> None:
    """And run again."""
    runs = [failover("settings", "down srv1"), rejoin("settings", "up srv1"), rejoin("settings")]
    sent = compare(runs, 2, "settings", [0, 0, 0])[1]
    for stop in range(1, sent + 1):
        compare(runs, 2, "settings", [0, stop, 0])


def test_a_server_is_back_before_its_failover_has_ended() -> None:
    """After each request of the failover: where it has left a fence, the rejoin finishes what it had begun."""
    runs = [failover("settings", "down srv1"), rejoin("settings", "up srv1"), switch("srv2", "settings")]
    sent = compare(runs, 2, "settings", [0, 0, 0])[0]
    for stop in range(1, sent + 1):
        compare(runs, 2, "settings", [stop, 0, 0])


def test_a_promotion_without_the_reading_before_it_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As any other request or reading that goes another way than the model's."""

    def at_once(flow: Flow, max_age: int) -> tuple[float, dict[str, ServerRead]]:
        ticket = flow.topology.call(flow.server, "Get-EntraSyncTicket")["ticket"]
        flow.topology.call(flow.server, "Disable-EntraSyncStaging", Ticket=ticket, MaxAgeSeconds=max_age)
        return 0.0, flow.topology.read()

    monkeypatch.setattr(promote, "_by_settings", at_once)
    with pytest.raises(AssertionError, match="Disable-EntraSyncStaging"):
        compare([switch("srv2", "settings")], 2, "settings", [0])


def tasks(role: str, name: str) -> list[str]:
    """What the tasks of a role do, in order: module, role or task file, with the state that they set."""
    found = []
    for task in yaml.safe_load((ROOT / "roles" / role / "tasks" / f"{name}.yml").read_text(encoding="utf-8")):
        module = next(key for key in task if "." in key).rpartition(".")[2]
        given = next(value for key, value in task.items() if "." in key)
        inner = str(given if isinstance(given, str) else given.get("state") or given.get("name") or given.get("enabled") or "")
        inner = inner.rpartition(".")[2] if module == "include_role" else inner
        found.append(" ".join(each for each in (module, inner, task.get("vars", {}).get("fence_action", "")) if each))
    return found


def test_an_identity_is_announced_disabled_and_read_back_before_its_fence_is_recorded() -> None:
    """What the user's own tasks do is no request to a server, so that the order of these is looked at in the role itself (`fencing.py`)."""
    toggle = "{{ 'enable' if fence_state == 'absent' else 'disable' }}"
    own = "include_tasks {{ fence_tasks }}"
    wanted = ["set_fact", f"{own} read", "adsync_fence announced", f"{own} {toggle}", f"{own} read"]
    assert tasks("fence", "identity") == wanted
    assert tasks("fence", "one") == ["include_tasks identity.yml", "adsync_fence {{ fence_state }}"]


def test_a_server_that_rejoins_is_demoted_and_held_before_its_identity_is_enabled() -> None:
    wanted = ["include_role claim", "adsync_staging True", "adsync_hold held", "include_role fence", "include_role finish"]
    assert tasks("rejoin", "back")[:5] == wanted
