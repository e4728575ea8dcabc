# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values on the way through our session, pypsrp and the wire to a server, and back, as an action plugin would send them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from ansible.parsing.dataloader import DataLoader
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._errors import BadValue
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._session import PsrpSession
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._values import INT32, plain
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.equal import same
from tests.lab.host import LabHost
from tests.unit.lab.client import USERS, Connection, EchoEngine

LOW, HIGH = INT32.start, INT32.stop - 1
# XML 1.0 cannot carry lone surrogates and the two non-characters at all
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=40)
WHOLE = st.one_of(st.integers(LOW, HIGH), st.sampled_from([LOW, LOW + 1, -1, 0, 1, HIGH - 1, HIGH]))
SCALAR = st.one_of(st.booleans(), WHOLE, TEXT)
SENT = st.one_of(SCALAR, st.lists(st.one_of(SCALAR, st.none()), max_size=5))
RECORD = st.dictionaries(st.text("abc_", min_size=1, max_size=5), st.one_of(SCALAR, st.none(), st.integers(-(2**63), 2**63 - 1)), min_size=1)
RESULT = st.dictionaries(
    st.text("abc_", min_size=1, max_size=5),
    st.one_of(SCALAR, st.none(), RECORD, st.lists(SCALAR, max_size=4), st.lists(RECORD, max_size=3)),
    min_size=1,
)
HARD = {
    "like an escape": "_x0000_ and _x000A_ and _X0041_ and _x",
    "nul and bell": "a\x00b\x07c",
    "newlines": "a\nb\r\nc\rd\n",
    "tabs and blanks": " \t a  b \t ",
    "markup": '<Obj RefId="0">&amp;\'"]]></Obj>',
    "beyond the basic plane": "\U0001f600\U0001f468\u200d\U0001f469\u200d\U0001f467 \U00020000 \U0010fffd",
    "umlauts": "Zoë Müller-Öztürk, straße",
    "decomposed": "Mu\u0308ller",
    "right to left": "שלום \u202eabc\u202c",
    "powershell": "$(Stop-Computer); `n $env:TEMP '@' \"#",
    "empty": "",
    "100 KB": "xü😀_x0041_\r\n" * 9_000,
}
MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def host() -> Iterator[LabHost]:
    """A server with an engine that echoes."""
    made = LabHost("srv1", EchoEngine(), USERS)
    made.installed = True
    yield made
    made.stop()


@pytest.fixture
def session(host: LabHost) -> Iterator[PsrpSession]:
    """Our session over a connection that has what the psrp plugin has."""
    made = PsrpSession("srv1", Connection(host.listen()))
    yield made
    made.close()


def tagged(value: Any) -> Any:
    """The value as Ansible read it from a file: of its own classes, since core 2.19 with tags."""
    return DataLoader().load(json.dumps({"value": value}), file_name="/vars.yml")["value"]


@MANY
@given(value=SENT)
def test_there_and_back(host: LabHost, session: PsrpSession, value: Any) -> None:
    """A parameter arrives as it was given, in value and type, and comes back so."""
    answer = session.call("Get-Echo", Value=value)
    assert same(host.recorder.calls[-1].parameters, {"Value": value})
    assert same(answer, {"got": {"Value": value}})


@MANY
@given(value=SENT)
def test_tagged_values_arrive_as_plain_ones(host: LabHost, session: PsrpSession, value: Any) -> None:
    """What Ansible wrapped is sent as text, number or list of PowerShell, never as an object or its Python name."""
    assert same(session.call("Get-Echo", Value=tagged(value)), {"got": {"Value": value}})
    assert host.recorder.calls[-1].types == {"Value": type(value).__name__}


@MANY
@given(result=RESULT)
def test_answers_become_plain_values(host: LabHost, session: PsrpSession, result: dict[str, Any]) -> None:
    """Objects become dicts and nothing of pypsrp's classes is left, so that Ansible can print it."""
    host.engine.answer = result  # type: ignore[attr-defined]
    answer = session.call("Get-Answer")
    assert same(answer, result)
    assert all(type(each) in (str, int, bool, type(None), dict, list) for each in answer.values())


@pytest.mark.parametrize("name", HARD)
def test_hard_texts(host: LabHost, session: PsrpSession, name: str) -> None:
    """Alone and in a list, with Ansible's tags and without."""
    text = HARD[name]
    for value in (text, tagged(text), [text, "x", text]):
        assert session.call("Get-Echo", Value=value) == {"got": {"Value": plain(value)}}


def test_none_is_left_out(host: LabHost, session: PsrpSession) -> None:
    """An option that was not given is no parameter: PowerShell would take one without a value as a switch."""
    session.call("Get-Echo", Value=None, Other="x")
    assert host.recorder.calls[-1].parameters == {"Other": "x"}


@pytest.mark.parametrize("value", [LOW, HIGH, True, False, 0, 1])
def test_borders_are_sent(host: LabHost, session: PsrpSession, value: int) -> None:
    """The last numbers that fit, and truth values that stay truth values."""
    session.call("Get-Echo", Value=tagged(value))
    assert same(host.recorder.calls[-1].parameters["Value"], value)


@pytest.mark.parametrize(
    ("value", "names"),
    [
        (HIGH + 1, "2147483648"),
        (LOW - 1, "-2147483649"),
        (2**63, "9223372036854775808"),
        ([1, HIGH + 1], "2147483648"),
        (tagged(HIGH + 1), "2147483648"),
        (1.5, "float"),
        ({"a": 1}, "dict"),
        ([["a"]], "list"),
        ("a\ud800b", "U+D800"),
        (["ok", "\udfff"], "U+DFFF"),
        ("\ufffe", "U+FFFE"),
    ],
)
def test_refused_before_anything_is_sent(host: LabHost, session: PsrpSession, value: Any, names: str) -> None:
    """The message names option and value; the server has not even seen a connection."""
    with pytest.raises(BadValue) as refused:
        session.call("Get-Echo", Value=value)
    assert refused.value.code == "bad_value"
    assert "Value" in refused.value.detail and names in refused.value.detail
    assert host.recorder.requests == []
