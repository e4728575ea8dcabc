# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an endpoint of ours does not allow is refused by one code, before anything changes on any server."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._errors import FunctionsMissing, Refused
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.endpoint import endpoint, fingerprint_of
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.flow import Flow, Stop, Waits
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.codes import explain
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._session import PsrpSession
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._topology import Topology

from ..lab.host import LabHost
from .lab.client import USERS, connect

CHANGE = "Set-EntraSyncScheduler"


class Told:
    """A session that says through which endpoint it came, and keeps what it was asked."""

    side_by_side = True
    has_endpoints = False

    def __init__(self, name: str, endpoint: str) -> None:
        self.name, self.endpoint, self.asked = name, endpoint, list[str]()

    def call(self, function: str, **_parameters: Any) -> dict[str, Any]:
        self.asked.append(function)
        return {"endpoint": self.endpoint} if function.startswith("Get-") else {"changed": True}

    def close(self) -> None:
        """Nothing to end."""


def fleet(**endpoints: str) -> tuple[Topology, dict[str, Told]]:
    """Servers that have been read."""
    sessions = {name: Told(name, endpoint) for name, endpoint in endpoints.items()}
    topology = Topology(sessions)
    topology.read()
    return topology, sessions


@pytest.mark.parametrize("reader", ["srv1", "srv2"])
def test_one_reader_and_nobody_is_asked(reader: str) -> None:
    topology, sessions = fleet(**{"srv1": "operator", "srv2": "", reader: "reader"})
    answers, errors = topology.call_each(["srv1", "srv2"], CHANGE)
    assert answers == {} and set(errors) == {"srv1", "srv2"}
    assert {(error.code, error.server, type(error)) for error in errors.values()} == {("endpoint_reads_only", reader, Refused)}
    with pytest.raises(Refused):
        topology.check_endpoints(["srv1", "srv2"])
    assert [CHANGE in session.asked for session in sessions.values()] == [False, False] and not topology.changed


def test_the_others_can_be_changed_and_the_reader_be_read() -> None:
    """A demotion needs its own server only."""
    topology, sessions = fleet(srv1="operator", srv2="reader")
    assert topology.call("srv1", CHANGE) == {"changed": True} and topology.changed
    assert topology.call("srv2", "Get-EntraSyncServer") == {"endpoint": "reader"}
    assert CHANGE not in sessions["srv2"].asked


def test_every_other_endpoint_is_asked() -> None:
    topology, _sessions = fleet(srv1="operator", srv2="")
    assert set(topology.call_each(["srv1", "srv2"], CHANGE)[0]) == {"srv1", "srv2"}


class OneFunction:
    """A server on which only one function of ours can be called."""

    def knows(self, name: str) -> bool:
        return name == "Get-EntraSyncModule"

    def invoke(self, name: str, _parameters: dict[str, Any]) -> Any:
        return {"name": name, "version": "0.99.0", "endpoint": "operator"}


class Connection:
    """A connection plugin that is open."""

    def __init__(self, port: int) -> None:
        self.runspace, self._connected = connect(port), True
        self.runspace.open()

    def close(self) -> None:
        self.runspace.close()


@pytest.fixture
def restricted() -> Any:
    host = LabHost("srv1", OneFunction(), USERS)
    host.installed, host.language_mode = True, "NoLanguage"
    session = PsrpSession("srv1", Connection(host.listen()))
    yield session
    session.close()
    host.stop()


def test_a_function_that_is_not_offered_beside_others_is_refused_by_name(restricted: PsrpSession) -> None:
    """Asked for first, or after another has answered: a change looks for the module's version before."""
    for _again in range(2):
        with pytest.raises(Refused) as raised:
            restricted.call("Set-EntraSyncScheduler", SyncCycleEnabled=True)
        assert (raised.value.code, raised.value.detail) == ("endpoint_reads_only", "it does not offer Set-EntraSyncScheduler")
    assert restricted.call("Get-EntraSyncModule")["endpoint"] == "operator"


def test_where_none_has_answered_the_language_is_what_is_wrong(restricted: PsrpSession) -> None:
    """Then our module may be missing altogether."""
    with pytest.raises(FunctionsMissing) as raised:
        restricted.call("Get-EntraSyncServer")
    assert raised.value.code == "constrained_language"


def test_what_is_not_offered_stands_in_the_way_of_nothing_else(restricted: PsrpSession) -> None:
    """Whatever is asked for next is called by its name again; and the endpoint is named as soon as it has answered."""
    with pytest.raises(FunctionsMissing):
        restricted.call("Get-EntraSyncHealth")
    assert restricted.call("Get-EntraSyncModule")["endpoint"] == "operator"
    with pytest.raises(Refused) as raised:
        restricted.call("Get-EntraSyncHealth")
    assert raised.value.code == "endpoint_reads_only"


def test_another_connection_than_psrp_is_refused() -> None:
    """Only psrp can come through an endpoint; nothing is asked."""
    topology, sessions = fleet(srv1="")
    options = {"name": "Own", "state": "absent", "timeout": 1}
    with pytest.raises(Stop) as raised:
        endpoint(Flow(topology, "srv1", Waits(), lambda _text: None), options, False)
    assert [(each.code, each.server) for each in raised.value.refusals] == [("endpoint_needs_psrp", "srv1")]
    assert sessions["srv1"].asked == ["Get-EntraSyncServer"]


def test_the_sentence_says_what_to_write() -> None:
    text, step = explain("endpoint_reads_only", "srv1", {"detail": "it is the one for reading"})
    assert text == "srv1 is connected over an endpoint that does not allow this: it is the one for reading."
    assert "ansible_psrp_configuration_name: EntraSyncOperator" in step


def test_the_fingerprint_is_of_what_is_wanted() -> None:
    """The order of groups is no difference; everything else, and another version of the module, is one."""
    wanted = {"state": "registered", "capability": "reader", "groups": ["a", "b"], "account_groups": [], "managed_account": ""}
    same = fingerprint_of(wanted, "1.0.0")
    assert fingerprint_of({**wanted, "groups": ["b", "a"]}, "1.0.0") == same
    others = [
        {**wanted, "capability": "operator"},
        {**wanted, "groups": ["a"]},
        {**wanted, "account_groups": ["b"]},
        {**wanted, "managed_account": "x"},
    ]
    assert len({same, fingerprint_of(wanted, "1.0.1"), *(fingerprint_of(each, "1.0.0") for each in others)}) == 6
