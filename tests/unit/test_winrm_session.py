# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The session over winrm without a server: the document that is sent, what is read out of noise, and what errors become."""

from __future__ import annotations

import base64
import gzip
import json
import os
import threading
from typing import Any

import pytest
from ansible.errors import AnsibleConnectionFailure, AnsibleError
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils import _documents, _functions, _server_module
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._documents import Answer, Answers, NoDocument
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._errors import (
    BadValue,
    CallFailed,
    ConnectError,
    FunctionsMissing,
    Refused,
    ResultUnknown,
    SessionError,
)
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._parallel import run_all
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._winrm_session import WinrmSession
from winrm.exceptions import WinRMOperationTimeoutError, WinRMTransportError

pytestmark = pytest.mark.oldest

READ = "Get-EntraSyncServer"
CMD_LIMIT = 8191
OPTIONS = "PowerShell -NoProfile -NonInteractive -ExecutionPolicy Unrestricted -EncodedCommand "
CLIXML = b'#< CLIXML\r\n<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04"></Objs>'


def document(told: Any) -> bytes:
    """As the server writes it."""
    text = json.dumps(told)
    if isinstance(told, dict) and "answers" in told:
        text = f'{text[:-1]},"size":{len(text) - 1}}}'
    return f"\n{_documents.BEGIN}\n{text}\n{_documents.END}\n".encode()


def good(*output: Any) -> bytes:
    """The document of one call that went well."""
    return document({"answers": [{"ok": list(output)}], "left": []})


class Plugin:
    """Has what our session uses of the connection plugin; answers with what it is given, or raises it."""

    transport = "winrm"

    def __init__(self, *answers: Any, opening: Exception | None = None) -> None:
        self.protocol: Any = None
        self.shell_id: Any = None
        self._connected = False
        self.answers, self.opening = list(answers), opening
        self.sent: list[tuple[str, bytes]] = []
        self.tickets: list[str | None] = []
        self.closed = 0

    def _connect(self) -> None:
        if self.opening is not None:
            raise self.opening
        self.protocol, self.shell_id = object(), "shell"
        os.environ["KRB5CCNAME"] = f"FILE:{id(self)}"

    def exec_command(self, cmd: str, in_data: bytes, sudoable: bool) -> tuple[int, bytes, bytes]:
        assert self.protocol is not None and not sudoable
        self.sent.append((cmd, in_data))
        self.tickets.append(os.environ.get("KRB5CCNAME"))
        answer = self.answers.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        return answer if isinstance(answer, tuple) else (0, answer, b"")

    def close(self) -> None:
        self.closed += 1


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KRB5CCNAME", "before")


def encoded(script: str) -> str:
    """A command line that runs it."""
    return OPTIONS + base64.b64encode(script.encode("utf-16-le")).decode()


def error_of(*answers: Any, function: str = READ, **parameters: Any) -> SessionError:
    """What a call raises."""
    with pytest.raises(SessionError) as told:
        WinrmSession("srv1", Plugin(*answers)).call(function, **parameters)
    return told.value


# -- what is sent -------------------------------------------------------------------------------------------------------
def test_the_bootstrap_fits_a_command_line_even_when_encoded_twice() -> None:
    assert len(_functions.bootstrap().encode()) < 2048
    assert len("cmd /c " + encoded(encoded(_functions.bootstrap()))) <= CMD_LIMIT


def test_no_core_takes_the_bootstrap_for_something_that_was_encoded_before() -> None:
    assert " -EncodedCommand " not in _functions.bootstrap()


def test_the_bootstrap_is_constant_ascii_and_leaves_standard_input_alone() -> None:
    text = _functions.bootstrap()
    assert text.isascii()
    assert "$input" not in text.lower() and "$input" not in _functions.code_for([]).lower()
    assert _documents.BEGIN in text and _documents.END in text and _documents.BEGIN in _functions.code_for([])


def test_the_document_carries_values_apart_from_code() -> None:
    plugin = Plugin(good({"a": 1}), good({"a": 1}))
    session = WinrmSession("srv1", plugin)
    session.call(READ, Full=True)
    session.call(READ, Full=False)
    (first, one), (second, two) = plugin.sent
    assert first == second == _functions.bootstrap()
    told, other = json.loads(one), json.loads(two)
    assert told["calls"] == [{"function": READ, "parameters": [{"name": "Full", "value": True}]}]
    assert told["code"] == other["code"]
    code = gzip.decompress(base64.b64decode(told["code"])).decode()
    assert all(f"function {name} " in code or f"function {name}\n" in code or name in code for name in _functions.needed_by(READ))
    assert "Enter-EntraSyncHold" not in code


def test_texts_are_packed_and_other_values_are_not() -> None:
    value = ["ä\x00\u202e", 1, True, None]
    sent = json.loads(_documents.question("", [("Get-X", {"Value": value, "One": "-Verbose"})]))
    values = {each["name"]: each["value"] for each in sent["calls"][0]["parameters"]}
    assert base64.b64decode(values["Value"][0]).decode() == "ä\x00\u202e"
    assert json.dumps(values["Value"][1:]) == "[1, true, null]"
    assert base64.b64decode(values["One"]) == b"-Verbose"


@pytest.mark.parametrize("text", ["", "0000000000", "ü" * 5000])
def test_the_document_is_ascii_and_tells_its_own_length(text: str) -> None:
    sent = _documents.question(text, [("Get-X", {"Value": text})])
    assert sent.isascii()
    assert int(json.loads(sent)["size"]) == len(sent)


def test_another_major_version_is_refused_and_only_where_it_is_looked_for() -> None:
    """The document asks for the number of this collection; what installs the module asks for none."""
    plugin = Plugin(document({"module": "99.1.0"}), good({}))
    session = WinrmSession("srv1", plugin)
    with pytest.raises(FunctionsMissing) as told:
        session.call("Enter-EntraSyncHold")
    assert (told.value.code, told.value.unknown) == ("module_version", False)
    assert told.value.detail.startswith("version 99.1.0 of EntraConnectOps, this collection needs ")
    session.send_text()
    session.call("Get-EntraSyncModule")
    assert [json.loads(sent)["major"] for _script, sent in plugin.sent] == [_server_module.version().split(".")[0], ""]


def test_what_was_not_given_is_left_out() -> None:
    plugin = Plugin(good({}))
    WinrmSession("srv1", plugin).call(READ, Full=None)
    assert json.loads(plugin.sent[0][1])["calls"][0]["parameters"] == []


@pytest.mark.parametrize("value", [2**31, 1.5, {"a": 1}, "\ud800", "\ufffe"])
def test_a_value_that_cannot_be_sent_opens_no_connection(value: Any) -> None:
    plugin = Plugin()
    with pytest.raises(BadValue):
        WinrmSession("srv1", plugin).call(READ, Full=value)
    assert plugin.protocol is None and plugin.sent == []


# -- what is read -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "output",
    [
        good({"a": "ä"}),
        b"profile text without an end" + good({"a": "ä"}),
        good({"a": "ä"}).replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + good({"a": "ä"}),
        b"\xff\xfe\x00 other code page" + good({"a": "ä"}) + b"later",
        CLIXML + good({"a": "ä"}) + CLIXML,
        f"{_documents.BEGIN}\n".encode() + good({"a": "ä"}),
        f"\n{_documents.BEGIN}\nnoise\n{_documents.END}\n".encode() + good({"a": "ä"}),
        good({"a": "early"}) + good({"a": "ä"}),
    ],
)
def test_noise_is_passed_over(output: bytes) -> None:
    assert _documents.read(output) == Answers([Answer([{"a": "ä"}])])


def test_marks_within_a_text_are_no_marks() -> None:
    text = f"\n{_documents.BEGIN}\n{{}}\n{_documents.END}\n"
    assert _documents.read(good({"a": text})).answers == [Answer([{"a": text}])]


def test_every_cut_of_a_document_is_no_document() -> None:
    whole = good({"a": "text", "b": [1, 2]}).rstrip(b"\n")
    for length in range(len(whole)):
        with pytest.raises(NoDocument):
            _documents.read(whole[:length])
    assert _documents.read(whole).answers == [Answer([{"a": "text", "b": [1, 2]}])]


def test_a_part_lost_in_the_middle_is_no_document() -> None:
    """A text that is shorter than it was would still be JSON."""
    with pytest.raises(NoDocument):
        _documents.read(good({"a": "x" * 100}).replace(b"x" * 50, b"", 1))


@pytest.mark.parametrize("told", [[], 1, "x", None, {}, {"answers": 1}, {"answers": [1], "left": []}, {"answers": [{}], "left": []}, {"answers": []}])
def test_an_odd_document_is_no_document(told: Any) -> None:
    with pytest.raises(NoDocument):
        _documents.read(document(told))


# -- what it means ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("told", "kind", "code", "detail"),
    [
        ({"error": "EntraConnect.claim_live,Get-X", "message": "no\r\n  way"}, Refused, "claim_live", "no way"),
        ({"error": "EntraConnect.unknown_result", "message": "hm"}, ResultUnknown, "unknown_result", "hm"),
        ({"error": "CommandNotFoundException", "message": f"{READ} is not known"}, FunctionsMissing, "functions_missing", f"{READ} is not known"),
        ({"error": "CommandNotFoundException", "message": "Get-Other is not known"}, CallFailed, "server_error", f"{READ}: Get-Other is not known"),
        ({"error": None, "message": None}, CallFailed, "server_error", f"{READ}:"),
        ({"ok": []}, ResultUnknown, "no_answer", "gave 0 objects"),
        ({"ok": [{}, {}]}, ResultUnknown, "no_answer", "gave 2 objects"),
        ({"ok": ["x"]}, ResultUnknown, "no_answer", "gave a str"),
    ],
)
def test_what_a_call_gave(told: Any, kind: type[SessionError], code: str, detail: str) -> None:
    error = error_of(document({"answers": [told], "left": []}))
    assert (type(error), error.code) == (kind, code)
    assert detail in error.detail


def test_a_language_mode_that_does_not_allow_us() -> None:
    error = error_of(document({"mode": "ConstrainedLanguage"}))
    assert (type(error), error.code, error.detail) == (FunctionsMissing, "constrained_language", "ConstrainedLanguage")


def test_a_problem_before_any_call_is_a_failure() -> None:
    error = error_of(document({"problem": "no such assembly"}))
    assert (type(error), error.code, error.detail) == (CallFailed, "server_error", "no such assembly")


@pytest.mark.parametrize("answer", [(1, b"", CLIXML), (0, b"", b""), (9009, b"", b"'PowerShell' is not recognized"), (1, good({})[:-6], b"x")])
def test_without_a_document_nobody_knows(answer: Any) -> None:
    error = error_of(answer)
    assert (type(error), error.code) == (ResultUnknown, "no_answer")
    assert f"ended with {answer[0]}" in error.detail


@pytest.mark.parametrize("told", [{"answers": [], "left": []}, {"answers": [], "left": [READ]}, {"answers": [{"ok": [{}]}] * 2, "left": []}])
def test_answers_that_do_not_match_the_calls(told: Any) -> None:
    assert error_of(document(told)).code == "no_answer"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (AnsibleConnectionFailure("winrm connection error: HTTPConnectionPool: Read timed out. (read timeout=30)"), "timed_out"),
        (AnsibleConnectionFailure("winrm connection error: reset"), "connection_lost"),
        (AnsibleError("winrm send_input failed; \nstdout: \nstderr "), "connection_lost"),
        (WinRMOperationTimeoutError(), "timed_out"),
        (WinRMTransportError("http", 500, ""), "connection_lost"),
        (ConnectionResetError("reset by peer"), "connection_lost"),
        (StopIteration(), "connection_lost"),
        (AssertionError(), "connection_lost"),
    ],
)
def test_whatever_is_raised_in_the_middle_is_unknown_and_the_next_call_connects_anew(error: Exception, code: str) -> None:
    plugin = Plugin(error, good({"a": 1}))
    session = WinrmSession("srv1", plugin)
    with pytest.raises(ResultUnknown) as told:
        session.call(READ)
    assert told.value.code == code and READ in told.value.detail
    assert plugin.protocol is None
    assert session.call(READ) == {"a": 1}


def test_an_interruption_is_not_swallowed() -> None:
    with pytest.raises(KeyboardInterrupt):
        WinrmSession("srv1", Plugin(KeyboardInterrupt())).call(READ)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (AnsibleConnectionFailure("plaintext: the specified credentials were rejected by the server"), "login_refused"),
        (AnsibleConnectionFailure("ntlm: Access is denied.  (extended fault data: {'http_status_code': 500})"), "login_refused"),
        (AnsibleConnectionFailure("Kerberos auth failure for principal a@B: kinit: Preauthentication failed"), "login_refused"),
        (AnsibleConnectionFailure("Kerberos auth failure for principal a@B: kinit: Cannot contact any KDC for realm"), "unreachable"),
        (AnsibleConnectionFailure("plaintext: HTTPConnectionPool(host='srv401'): Max retries exceeded"), "unreachable"),
        (AnsibleConnectionFailure("ssl: [SSL] certificate verify failed: certificate has expired (_ssl.c:1032)"), "certificate_refused"),
        (AnsibleError("the connection attempt timed out"), "unreachable"),
        (AnsibleError("winrm or requests is not installed: No module named 'winrm'"), "unreachable"),
        (ValueError("failed to parse read_timeout_sec as int"), "unreachable"),
    ],
)
def test_a_connection_that_cannot_be_opened(error: Exception, code: str) -> None:
    plugin = Plugin(opening=error)
    with pytest.raises(ConnectError) as told:
        WinrmSession("srv1", plugin).call(READ)
    assert (told.value.code, told.value.unknown) == (code, False)
    assert plugin.sent == []


def test_a_batch() -> None:
    plugin = Plugin(document({"answers": [{"ok": [{"a": 1}]}, {"error": "EntraConnect.x", "message": "no"}], "left": ["Get-EntraSyncTicket"]}))
    told = WinrmSession("srv1", plugin).calls([(READ, {}), ("Get-EntraSyncRun", {}), ("Get-EntraSyncTicket", {})])
    assert told[0] == {"a": 1} and isinstance(told[1], Refused) and len(told) == 2


# -- several sessions ---------------------------------------------------------------------------------------------------
def test_each_connection_uses_its_own_kerberos_tickets() -> None:
    plugins = [Plugin(good({}), good({})) for _each in range(2)]
    sessions = [WinrmSession(f"srv{number}", plugin) for number, plugin in enumerate(plugins)]
    for session in (*sessions, *sessions):
        session.call(READ)
    assert [plugin.tickets for plugin in plugins] == [[f"FILE:{id(plugin)}"] * 2 for plugin in plugins]


def test_those_in_turn_never_overlap_and_a_hanging_one_is_left_behind() -> None:
    release, busy, order, together = threading.Event(), threading.Lock(), list[str](), threading.Barrier(3)

    def work(name: str) -> str:
        if name.startswith("p"):
            together.wait(60)  # the two of psrp and the first of winrm meet: they run at the same time
            return name
        order.append(name)
        if name == "w1":
            with busy:
                together.wait(60)
            return name
        if name == "w2":
            release.wait(120)
            return name
        assert not busy.locked()
        return name

    results, errors = run_all(["p1", "w1", "w2", "p2", "w3"], work, 2, {"w1", "w2", "w3"})
    release.set()
    assert results == {name: name for name in ("p1", "p2", "w1", "w3")}
    assert list(errors) == ["w2"] and isinstance(errors["w2"], TimeoutError)
    assert order == ["w1", "w2", "w3"]


def test_a_connection_that_opens_too_late_asks_for_nothing() -> None:
    plugin = Plugin(good({"a": 1}))
    session = WinrmSession("srv1", plugin)
    opens = plugin._connect

    def late() -> None:
        session.abandon()  # as the topology does at its deadline, from its own thread
        opens()

    plugin._connect = late  # type: ignore[method-assign]
    with pytest.raises(ResultUnknown):
        session.call(READ)
    assert plugin.sent == []


def test_a_hanging_connection_is_forgotten_without_asking_the_server() -> None:
    plugin = Plugin(good({"a": 1}), good({"a": 2}))
    session = WinrmSession("srv1", plugin)
    session.call(READ)
    session.abandon()
    assert (plugin.protocol, plugin.shell_id, plugin.closed) == (None, None, 0)
    assert session.call(READ) == {"a": 2}
    assert plugin.protocol is None  # the thread that hangs on the old object never gets the new connection
