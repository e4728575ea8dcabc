# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our session over the real ``winrm`` connection plugin, pywinrm, HTTP and WinRS to a real PowerShell: values, errors, broken calls."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils import _documents, _functions
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._errors import (
    BadValue,
    CallFailed,
    ConnectError,
    FunctionsMissing,
    ResultUnknown,
    SessionError,
)
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._topology import Topology
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._winrm_session import WinrmSession

from tests import needs
from tests.equal import same
from tests.lab.faults import Rule
from tests.lab.host import LabHost
from tests.lab.pwsh.engine import script_in

from . import winrm_lab
from .echo import HARD, LOOK, TEXTS

pytestmark = [pytest.mark.oldest, needs.ENGINE]


@pytest.fixture
def engine_here(tmp_path: Path) -> Iterator[winrm_lab.Engine]:
    """Starts PowerShell; none may be left behind."""
    made = winrm_lab.Engine(tmp_path)
    yield made
    for process in made.started:
        process.wait(120)


@pytest.fixture
def host(engine_here: winrm_lab.Engine) -> Iterator[LabHost]:
    """A server with command shells."""
    made = winrm_lab.server(engine_here.spawn)
    yield made
    made.stop()
    assert made.recorder.notes == []


@pytest.fixture
def session(host: LabHost, monkeypatch: pytest.MonkeyPatch) -> Iterator[WinrmSession]:
    """Our session; the functions are those of this file."""
    monkeypatch.setattr(_functions, "texts", lambda: {**LOOK, **TEXTS})
    _functions.needed_by.cache_clear()
    made = WinrmSession("srv1", winrm_lab.connection(host.listen()))
    yield made
    made.close()
    _functions.needed_by.cache_clear()


def test_answers_keep_their_shape(session: WinrmSession) -> None:
    """What ConvertTo-Json of 5.1 would change: lists of one, texts with properties of their own, dates, enums, large numbers."""
    assert same(
        session.call("Get-Shapes"),
        {
            "one": ["a"],
            "none": [],
            "generic": ["only"],
            "text": "plain",
            "missing": None,
            "big": 9007199254740993,
            "day": "Monday",
            "rows": [{"name": "r", "ok": True}],
            "row": {"a": 1},
            "date": "2024-01-02T03:04:05Z",
            "old": "/Date(12)/",
            "no": False,
        },
    )


def test_a_large_text_each_way(session: WinrmSession, host: LabHost) -> None:
    """More than a megabyte in, in several pieces, and the same out."""
    text = 'xü😀_x0041_\r\n"\\' * 80_000
    assert session.call("Get-Echo", Value=text)["value"] == text
    assert session.call("Get-Large", Text="ä$", Size=600_000)["text"] == "ä$" * 600_000
    assert sum(request.verb == "Send" for request in host.recorder.requests) > 4


def test_noise_is_passed_over(session: WinrmSession, engine_here: winrm_lab.Engine) -> None:
    """On both streams, before and in the call, with half a mark in it."""
    engine_here.before = "Write-Host 'profile text'; [Console]::Error.WriteLine('#< CLIXML')\n"
    assert session.call("Get-Noisy") == {"ok": True}


@pytest.mark.parametrize(
    ("function", "kind", "code", "detail"),
    [
        ("Get-Half", CallFailed, "server_error", "Get-Half: only half"),
        ("Get-Ended", ResultUnknown, "no_answer", "ended with 3"),
    ],
)
def test_errors_of_a_process(session: WinrmSession, function: str, kind: type[SessionError], code: str, detail: str) -> None:
    """What only a process of its own can do; the errors of both backends are in test_backends.py."""
    with pytest.raises(kind) as told:
        session.call(function)
    assert (type(told.value), told.value.code) == (kind, code)
    assert detail in told.value.detail


@pytest.mark.parametrize("page", ["ascii", "iso-8859-1"])
def test_a_code_page_changes_nothing(session: WinrmSession, engine_here: winrm_lab.Engine, page: str) -> None:
    """The console of the process reads and writes with another one than UTF-8."""
    encoding = f"[Text.Encoding]::GetEncoding('{page}')"
    engine_here.before = f"[Console]::OutputEncoding = {encoding}; [Console]::InputEncoding = {encoding}; $OutputEncoding = {encoding}\n"
    assert session.call("Get-Echo", Value=list(HARD.values()))["value"] == list(HARD.values())


def test_a_batch_stops_at_its_first_error(session: WinrmSession, engine_here: winrm_lab.Engine) -> None:
    """One process; what stands after the error was not run."""
    told = session.calls([("Get-Echo", {"Value": 1}), ("Get-Broken", {}), ("Get-Echo", {"Value": 2})])
    assert told[0] == {"value": 1, "kind": "Int32", "kinds": ["Int32"], "full": False}
    assert isinstance(told[1], CallFailed) and len(told) == 2
    assert len(engine_here.started) == 1


def test_a_killed_process_is_unknown(session: WinrmSession, engine_here: winrm_lab.Engine, tmp_path: Path) -> None:
    """The call was running: nobody knows what it did."""
    mark = tmp_path / "started"
    told: list[BaseException] = []
    thread = threading.Thread(target=lambda: told.append(pytest.raises(SessionError, session.call, "Wait-File", Path=str(mark)).value))
    thread.start()
    wait_for(mark.exists)
    os.kill(engine_here.started[0].pid, signal.SIGKILL)
    thread.join(120)
    assert [(type(each), each.code) for each in told] == [(ResultUnknown, "no_answer")]  # type: ignore[attr-defined]
    assert "ended with 137" in str(told[0])


def test_a_hanging_call_times_out_and_the_session_goes_on(session: WinrmSession, tmp_path: Path) -> None:
    """The topology's deadline; the next call opens a shell of its own while the old process still hangs."""
    mark = tmp_path / "started"
    topology = Topology({"srv1": session}, seconds=60)
    topology.call("srv1", "Get-Echo", Value=0)  # the shell is open: the deadline below is the call's alone, not the connection's
    with pytest.raises(ResultUnknown) as told:
        topology.call("srv1", "Wait-File", seconds=1, Path=str(mark))
    assert told.value.code == "timed_out"
    wait_for(mark.exists)  # what was given up goes on there, however long it took to begin
    assert topology.call("srv1", "Get-Echo", Value=1)["value"] == 1
    topology.close()


def test_constrained_language_is_told_before_anything_is_called(session: WinrmSession, engine_here: winrm_lab.Engine, tmp_path: Path) -> None:
    """The bootstrap itself runs there; the function does not."""
    engine_here.before = winrm_lab.CONSTRAINED
    with pytest.raises(FunctionsMissing) as told:
        session.call("Wait-File", Path=str(tmp_path / "started"))
    assert (told.value.code, told.value.detail) == ("constrained_language", "ConstrainedLanguage")
    assert not (tmp_path / "started").exists()


def test_functions_that_cannot_be_defined_call_nothing(session: WinrmSession, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that is no PowerShell is an error that is known to have changed nothing."""
    monkeypatch.setattr(_functions, "texts", lambda: {**LOOK, "Get-Echo": "function Get-Echo {"})
    with pytest.raises(CallFailed) as told:
        session.call("Get-Echo")
    assert told.value.code == "server_error" and "}" in told.value.detail


def test_a_document_that_did_not_arrive_whole_calls_nothing(session: WinrmSession, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A piece that came twice is an error that is known to have changed nothing; a byte order mark is no difference."""
    whole = _documents.question
    monkeypatch.setattr(_documents, "question", lambda code, calls, major: whole(code, calls, major).replace(b'"Path"', b'"Path" '))
    with pytest.raises(CallFailed) as told:
        session.call("Wait-File", Path=str(tmp_path / "started"))
    assert "did not arrive whole" in told.value.detail and not (tmp_path / "started").exists()
    monkeypatch.setattr(_documents, "question", lambda code, calls, major: b"\xef\xbb\xbf" + whole(code, calls, major))
    assert session.call("Get-Echo", Value="x")["value"] == "x"


def test_a_wrong_password_is_told_as_such(host: LabHost, engine_here: winrm_lab.Engine) -> None:
    """Nothing was asked, and the password stands nowhere."""
    wrong = WinrmSession("srv1", winrm_lab.connection(host.listen(), password="not-the-Pa55word"))
    with pytest.raises(ConnectError) as told:
        wrong.call("Get-EntraSyncServer")
    assert told.value.code == "login_refused" and "Pa55word" not in str(told.value)
    assert engine_here.started == []


def test_no_server_is_unreachable(host: LabHost) -> None:
    """Nothing listens."""
    port = host.listen()
    host.stop()
    with pytest.raises(ConnectError) as told:
        WinrmSession("srv1", winrm_lab.connection(port)).call("Get-EntraSyncServer")
    assert told.value.code == "unreachable"


@pytest.mark.parametrize("do", ["drop", "rst", "fault", "status", "garbage", "truncate"])
@pytest.mark.parametrize(("verb", "when"), [("Command", "before"), ("Command", "after"), ("Receive", "after")])
def test_a_connection_that_breaks_in_the_middle_is_unknown(session: WinrmSession, host: LabHost, verb: str, when: str, do: str) -> None:
    """Whatever the plugin raises for it, AnsibleConnectionFailure too; the next call works."""
    if do == "truncate" and when == "before":
        pytest.skip("only an answer can be cut short")
    session.call("Get-Echo", Value=1)
    host.faults.add(Rule(verb=verb, when=when, do=do))
    with pytest.raises(ResultUnknown) as told:
        session.call("Get-Echo", Value=2)
    # pywinrm takes a Receive's answer without output for an empty one
    assert told.value.code == ("no_answer" if (verb, do) == ("Receive", "garbage") else "connection_lost")
    assert session.call("Get-Echo", Value=3)["value"] == 3


def test_a_value_that_cannot_be_sent_is_refused_first(session: WinrmSession, host: LabHost) -> None:
    """As over PSRP; the server has not even seen a connection."""
    with pytest.raises(BadValue):
        session.call("Get-Echo", Value=2**31)
    assert host.recorder.requests == []


def test_a_closed_session_leaves_nothing_behind(session: WinrmSession, host: LabHost, engine_here: winrm_lab.Engine) -> None:
    """One shell for all calls, ended with the session."""
    session.call("Get-Echo", Value=1)
    session.call("Get-Echo", Value=2)
    assert sum(request.verb == "Create" for request in host.recorder.requests) == 1
    session.close()
    assert host.open_shells == 0
    assert all(process.wait(120) == 0 for process in engine_here.started)


def test_no_value_stands_in_a_command_line(session: WinrmSession, engine_here: winrm_lab.Engine) -> None:
    """Every call starts the same constant line, short enough for cmd.exe."""
    session.call("Get-Echo", Value="one")
    session.call("Get-Echo", Value="two")
    assert len(set(engine_here.lines)) == 1 and len(engine_here.lines) == 2
    assert len(engine_here.lines[0]) < 8191
    assert script_in(engine_here.lines[0]) == _functions.bootstrap()


def wait_for(check: Callable[[], bool]) -> None:
    """Until a condition of the test holds."""
    from .runner import wait_until

    wait_until("the call began", check)
