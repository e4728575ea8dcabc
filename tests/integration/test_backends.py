# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each backend on each engine: the same Python values, the same errors, the same outcomes. One suite for all three pairs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils import _functions
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._errors import BadValue, CallFailed, Refused, ResultUnknown, SessionError
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._session import PsrpSession, Session
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._winrm_session import WinrmSession

from tests import needs
from tests.equal import same
from tests.lab.fleet import PASSWORD, Fleet
from tests.lab.host import LabHost
from tests.unit.lab.client import USERS, Connection

from . import winrm_lab
from .echo import HARD, LOOK, TEXTS, Echo


def psrp_on_python(_folder: Path, closing: ExitStack) -> Session:
    """The lab's own engine behind PSRP."""
    host = LabHost("srv1", Echo(), USERS)
    host.installed = True
    closing.callback(host.stop)
    return PsrpSession("srv1", Connection(host.listen(), read_timeout=60, operation_timeout=50))


def psrp_on_pwsh(_folder: Path, closing: ExitStack) -> Session:
    """A real PowerShell behind PSRP; the functions' text travels along."""
    fleet = closing.enter_context(Fleet({"srv1": "2.5.79.0"}, engine="pwsh"))
    return PsrpSession("srv1", Connection(fleet.ports["srv1"], PASSWORD, read_timeout=60, operation_timeout=50))


def winrm_on_pwsh(folder: Path, closing: ExitStack) -> Session:
    """A real PowerShell for each call."""
    host = winrm_lab.server(winrm_lab.Engine(folder).spawn)
    closing.callback(host.stop)
    return WinrmSession("srv1", winrm_lab.connection(host.listen()))


PAIRS: list[Any] = [psrp_on_python, *(pytest.param(each, marks=needs.ENGINE) for each in (psrp_on_pwsh, winrm_on_pwsh))]


@pytest.fixture(scope="module", params=PAIRS)
def session(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A session over one of the pairs; the functions are those of echo.py."""
    make: Callable[[Path, ExitStack], Session] = request.param
    with pytest.MonkeyPatch.context() as patch, ExitStack() as closing:
        patch.setattr(_functions, "texts", lambda: {**LOOK, **TEXTS})
        _functions.needed_by.cache_clear()
        made = make(tmp_path_factory.mktemp("backend"), closing)
        yield made
        made.close()
    _functions.needed_by.cache_clear()


def test_each_value_arrives_as_its_own_type(session: Session) -> None:
    for value, kind in [(True, "Boolean"), (False, "Boolean"), (0, "Int32"), (-(2**31), "Int32"), (2**31 - 1, "Int32"), ("", "String")]:
        assert same(session.call("Get-Echo", Value=value), {"value": value, "kind": kind, "kinds": [kind], "full": False})


def test_hard_texts(session: Session) -> None:
    """All in one list with other values, and each alone."""
    mixed = [*HARD.values(), 1, True, None]
    told = session.call("Get-Echo", Value=mixed, Full=True, Other="-Verbose")
    assert same(told["value"], mixed)
    assert told["kinds"] == ["String"] * len(HARD) + ["Int32", "Boolean", "null"]
    assert told["full"] is True
    for name in ("powershell", "like a parameter", "newlines", "one blank"):
        assert same(session.call("Get-Echo", Value=HARD[name])["value"], HARD[name])


@pytest.mark.parametrize("value", [[], ["one"], ["a", "b"]])
def test_lists_stay_lists(session: Session, value: list[str]) -> None:
    """Neither an empty list nor one with a single text is unrolled."""
    assert same(session.call("Get-Echo", Value=value)["value"], value)


def test_none_is_left_out(session: Session) -> None:
    """A parameter without a value is not sent."""
    assert session.call("Get-Echo", Value=None)["kind"] == "null"


def test_a_megabyte_each_way(session: Session) -> None:
    text = 'xü😀_x0041_\r\n"\\' * 80_000
    assert len(text) > 2**20 and session.call("Get-Echo", Value=text)["value"] == text


@pytest.mark.parametrize(
    ("function", "kind", "code", "detail"),
    [
        ("Get-Refused", Refused, "claim_live", 'n\u00f6t "that" one'),
        ("Get-Broken", CallFailed, "server_error", "Get-Broken: it broke"),
        ("Get-Unknown", ResultUnknown, "unknown_result", "who knows"),
        ("Get-Nothing", ResultUnknown, "no_answer", "Get-Nothing gave 0 objects"),
        ("Get-Two", ResultUnknown, "no_answer", "Get-Two gave 2 objects"),
    ],
)
def test_errors(session: Session, function: str, kind: type[SessionError], code: str, detail: str) -> None:
    """The same class, code and sentence for the same error; the connection is still good afterwards."""
    with pytest.raises(kind) as told:
        session.call(function)
    assert (type(told.value), told.value.code, told.value.unknown) == (kind, code, kind is ResultUnknown)
    assert detail in told.value.detail
    assert session.call("Get-Echo", Value=1)["value"] == 1


@pytest.mark.parametrize("value", [2**31, 1.5, {"a": 1}, "a\ud800b"])
def test_what_cannot_be_sent_is_refused_first(session: Session, value: Any) -> None:
    with pytest.raises(BadValue) as told:
        session.call("Get-Echo", Value=value)
    assert told.value.code == "bad_value" and "Value" in told.value.detail
