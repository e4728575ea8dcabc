# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lab's logon by NTLM and Negotiate, its sealed messages, and its HTTPS, with pypsrp and pywinrm as clients."""

from __future__ import annotations

import base64
import http.client
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import spnego
from pypsrp.complex_objects import RunspacePoolState
from pypsrp.encryption import WinRMEncryption
from pypsrp.exceptions import AuthenticationError, WinRMTransportError
from pypsrp.powershell import RunspacePool
from requests.exceptions import SSLError

from ...lab.certificates import Authority, Certificates
from ...lab.faults import Rule
from ...lab.host import LabHost
from ...lab.http import HttpRequest, HttpResponse
from ...lab.ntlm import USER_FILE, NtlmLogin
from ...lab.transport import TRANSPORTS, Transport
from .client import USERS, EchoEngine, connect, run

CREATE = (
    b'<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"><s:Header>'
    b"<a:Action>http://schemas.xmlsoap.org/ws/2004/09/transfer/Create</a:Action></s:Header><s:Body/></s:Envelope>"
)
SEALED = {"auth": "ntlm", "encryption": "always"}
Served = Callable[..., int]


@pytest.fixture
def sealed(host: LabHost) -> LabHost:
    """A host that takes NTLM on plain HTTP."""
    host.new_login = lambda: NtlmLogin(USERS)
    return host


@pytest.fixture
def certificates() -> Iterator[Certificates]:
    """An authority; nothing of it stays."""
    with Certificates() as made:
        yield made
    assert not made.ca_file.parent.exists()


@pytest.fixture
def https(host: LabHost, certificates: Certificates) -> Served:
    """Listens with a certificate of a kind; gives the port."""

    def listen(kind: str = "right", binding: bytes | None = None) -> int:
        context, right = certificates.server(kind)
        host.new_login = lambda: NtlmLogin(USERS, binding or right)
        return host.listen(tls=context)

    return listen


def over_tls(port: int, certificates: Certificates, **more: Any) -> RunspacePool:
    """A client that trusts the lab's authority."""
    return connect(port, **{"ssl": True, "auth": "negotiate", "encryption": "auto", "cert_validation": str(certificates.ca_file), **more})


class Wire:
    """A client that puts its own bytes on one connection."""

    def __init__(self, port: int, protocol: str = "ntlm") -> None:
        self.http = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        options = spnego.NegotiateOptions.use_ntlm if protocol == "ntlm" else spnego.NegotiateOptions.use_negotiate
        self.context = spnego.client("lab", "pw", hostname="127.0.0.1", service="host", protocol=protocol, options=options)
        self.encryption = WinRMEncryption(self.context, WinRMEncryption.SPNEGO)

    def post(self, body: bytes = b"", **headers: str) -> http.client.HTTPResponse:
        self.http.request("POST", "/wsman", body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = self.http.getresponse()
        self.content = answer.read()
        return answer

    def log_on(self, scheme: str) -> http.client.HTTPResponse:
        token, answer = self.context.step(), None
        while token:
            answer = self.post(Authorization=f"{scheme} {base64.b64encode(token).decode()}")
            told = (answer.headers.get_all("WWW-Authenticate") or [""])[0].removeprefix("Negotiate").removeprefix("NTLM").strip()
            token = self.context.step(base64.b64decode(told)) if told else None
        assert answer is not None
        return answer

    def post_sealed(self, text: bytes, change: Callable[[bytes], bytes] = lambda body: body) -> http.client.HTTPResponse:
        kind, body = self.encryption.wrap_message(text)
        return self.post(change(body), Content_Type=f'{kind};protocol="{WinRMEncryption.SPNEGO}";boundary="Encrypted Boundary"')


# -- sealed, over plain HTTP ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("auth", ["ntlm", "negotiate"])
def test_a_sealed_session(sealed: LabHost, auth: str) -> None:
    with connect(sealed.port, **{**SEALED, "auth": auth}) as pool:
        assert run(pool, "Get-Echo", A=1, Text="ä" * 40_000)[0] == [{"got": {"A": 1, "Text": "ä" * 40_000}}]
    verbs = [each.verb for each in sealed.recorder.requests if each.verb]
    assert verbs == ["Create", "Receive", "Command", "Receive", "Delete"]
    assert {each.connection for each in sealed.recorder.requests} == {1}
    assert [each.status for each in sealed.recorder.requests if not each.verb] == [401, 401, 200]


@pytest.mark.parametrize(("protocol", "scheme"), [("ntlm", "NTLM"), ("ntlm", "Negotiate"), ("negotiate", "Negotiate")])
def test_the_password_and_the_envelopes_are_not_on_the_wire(sealed: LabHost, protocol: str, scheme: str) -> None:
    """Tokens of both kinds, under both names; an answer is sealed as its request was."""
    wire = Wire(sealed.port, protocol)
    assert wire.log_on(scheme).status == 200 and wire.content == b""
    answer = wire.post_sealed(CREATE)
    assert answer.status == 500 and b"Fault" not in wire.content
    assert b"not supported by the service" in wire.encryption.unwrap_message(wire.content, "Encrypted Boundary")
    assert sealed.recorder.requests[-1].verb == "Create"


def pywinrm_opens_a_shell(url: str, host: LabHost, **more: Any) -> None:
    """It must be told of the fault: then its token was taken, its body was read, and it could read the answer, whatever its kind of shell."""
    from winrm.exceptions import WSManFaultError
    from winrm.protocol import Protocol

    host.faults.set(Rule("fault", "Create", text="no shell today"))
    with pytest.raises(WSManFaultError, match="no shell today"):
        Protocol(url, "ntlm", "lab", "pw", **more).open_shell()
    assert [each.verb for each in host.recorder.requests if each.verb] == ["Create"]


def test_pywinrm(sealed: LabHost) -> None:
    pywinrm_opens_a_shell(f"http://127.0.0.1:{sealed.port}/wsman", sealed, message_encryption="always", server_cert_validation="ignore")


# -- who is not let in ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("auth", ["ntlm", "negotiate"])
@pytest.mark.parametrize("who", [{"password": "wrong"}, {"username": "stranger"}])
def test_a_wrong_account_is_refused(sealed: LabHost, auth: str, who: dict[str, str]) -> None:
    pool = connect(sealed.port, **{**SEALED, "auth": auth}, **{key: value for key, value in who.items() if key == "password"})
    if "username" in who:
        pool.connection.username = pool.connection.transport.username = who["username"]
    with pytest.raises(AuthenticationError):
        pool.open()
    assert {each.status for each in sealed.recorder.requests} == {401}
    assert [each.verb for each in sealed.recorder.requests if each.verb] == []


def test_a_refusal_offers_every_scheme(sealed: LabHost) -> None:
    for headers in ({}, {"Authorization": "Basic bGFiOnB3"}, {"Authorization": "NTLM"}, {"Authorization": "Negotiate bm9uc2Vuc2U="}):
        answer = Wire(sealed.port).post(b"", **headers)
        assert (answer.status, answer.headers.get_all("WWW-Authenticate")) == (401, ["Negotiate", "NTLM"]), headers


def test_a_fault_that_denies_offers_them_too(sealed: LabHost) -> None:
    wire = Wire(sealed.port)
    wire.log_on("NTLM")
    sealed.faults.set(Rule("deny", "Create"))
    answer = wire.post_sealed(CREATE)
    assert (answer.status, answer.headers.get_all("WWW-Authenticate"), wire.content) == (401, ["Negotiate", "NTLM"], b"")


@pytest.mark.parametrize("token", ["NTLM bm9uc2Vuc2U=", "NTLM ?", "NTLM"])
def test_a_second_logon_takes_the_place_of_the_first(sealed: LabHost, token: str) -> None:
    """A refused one leaves nobody logged on."""
    wire = Wire(sealed.port)
    assert wire.log_on("NTLM").status == 200
    assert wire.post().status == 200
    assert wire.post(Authorization=token).status == 401
    assert wire.post().status == 401


def test_half_a_logon_is_none(sealed: LabHost) -> None:
    """Neither the first nor one that is begun on a connection where somebody was logged on."""
    wire = Wire(sealed.port)
    begin = base64.b64encode(Wire(sealed.port).context.step()).decode()
    for _round in range(2):
        assert wire.post(Authorization=f"NTLM {begin}").status == 401
        assert wire.post().status == 401
        wire = Wire(sealed.port)
        assert wire.log_on("NTLM").status == 200


# -- bodies that are not as the client sealed them -------------------------------------------------------------------------
def flip(place: int) -> Callable[[bytes], bytes]:
    """Turn one byte of a body, counted from where the sealed part begins."""

    def change(body: bytes) -> bytes:
        at = body.index(b"octet-stream\r\n") + len(b"octet-stream\r\n") + place
        return body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]

    return change


BROKEN: dict[str, Callable[[bytes], bytes]] = {
    "size of the signature": flip(0),
    "signature": flip(8),
    "message": flip(60),
    "length": lambda body: body.replace(b"Length=", b"Length=1"),
    "no end": lambda body: body[:-4],
    "no parts": lambda body: b"nonsense",
    "empty": lambda body: body[: body.index(b"octet-stream\r\n") + 14] + b"--Encrypted Boundary--\r\n",
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_changed_body_is_a_bad_request(sealed: LabHost, how: str) -> None:
    wire = Wire(sealed.port)
    wire.log_on("Negotiate")
    assert wire.post_sealed(CREATE, BROKEN[how]).status == 400
    assert sealed.recorder.requests[-1].verb in (None, "") and sealed.open_shells == 0


def test_a_body_sealed_for_another_connection_is_a_bad_request(sealed: LabHost) -> None:
    one, two = Wire(sealed.port), Wire(sealed.port)
    one.log_on("Negotiate"), two.log_on("Negotiate")
    two.encryption = one.encryption
    assert two.post_sealed(CREATE).status == 400


def test_what_is_not_sealed_is_a_bad_request_on_plain_http(sealed: LabHost) -> None:
    with pytest.raises(WinRMTransportError) as error:
        connect(sealed.port, auth="ntlm", encryption="never").open()
    assert error.value.code == 400 and sealed.open_shells == 0


def test_a_connection_that_ends_while_idle(sealed: LabHost) -> None:
    """The client logs on anew, but sends what it had sealed with the old keys (psrp-lab.md 6.1)."""
    pool = connect(sealed.port, **SEALED)
    pool.open()
    sealed.down = True
    sealed.down = False
    seen = len(sealed.recorder.requests)
    with pytest.raises(WinRMTransportError) as error:
        run(pool, "Get-Echo")
    assert error.value.code == 400
    assert [each.status for each in sealed.recorder.requests[seen:]] == [401, 401, 400]
    assert sealed.recorder.functions() == []


def test_a_poll_without_an_answer(sealed: LabHost) -> None:
    """The client gives it up, logs on anew on another connection, and reads there what it waited for."""
    with connect(sealed.port, **SEALED, read_timeout=3, operation_timeout=2) as pool:
        sealed.faults.set(Rule("hang", "Receive", "Get-Echo"))
        assert run(pool, "Get-Echo", A=1)[0] == [{"got": {"A": 1}}]
    assert {each.connection for each in sealed.recorder.requests} == {1, 2}
    assert sealed.recorder.functions() == ["Get-Echo"]


@pytest.mark.parametrize("what", ["truncate", "garbage", "drop"])
def test_faults_meet_sealed_answers_as_well(sealed: LabHost, what: str) -> None:
    with connect(sealed.port, **SEALED) as pool:
        sealed.faults.set(Rule(what, "Command", when="after"))
        with pytest.raises(Exception) as error:  # noqa: B017, PT011 - whatever the client makes of it, it must not take it for an answer
            run(pool, "Get-Echo")
        assert not isinstance(error.value, AssertionError)
        pool.state = RunspacePoolState.CLOSED  # a proper end would need the lost keys
    assert [each.fault for each in sealed.recorder.requests if each.fault] == [what]


def test_accounts_leave_nothing_behind(sealed: LabHost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a file nor the name of one, and what was set before is set again."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv(USER_FILE, "before")
    assert Wire(sealed.port).log_on("NTLM").status == 200
    assert list(tmp_path.iterdir()) == [] and os.environ[USER_FILE] == "before"
    monkeypatch.delenv(USER_FILE)
    assert Wire(sealed.port).log_on("NTLM").status == 200
    assert USER_FILE not in os.environ


def test_two_hosts_with_other_accounts_in_one_process(sealed: LabHost) -> None:
    other = LabHost("srv2", EchoEngine(), {"lab": "pw2"})
    other.new_login = lambda: NtlmLogin(other.users)
    port = other.listen()
    try:
        assert Wire(sealed.port).log_on("NTLM").status == 200
        assert Wire(port).log_on("NTLM").status == 401
        other.users["lab"] = "pw"
        assert Wire(port).log_on("NTLM").status == 200
    finally:
        other.stop()


# -- HTTPS ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("more", [{}, {"auth": "ntlm"}, {"encryption": "always"}, {"auth": "ntlm", "encryption": "always"}])
def test_https(https: Served, certificates: Certificates, host: LabHost, more: dict[str, str]) -> None:
    """The right certificate, the right binding; sealed within TLS or not."""
    with over_tls(https(), certificates, **more) as pool:
        assert run(pool, "Get-Echo", A=1)[0] == [{"got": {"A": 1}}]


@pytest.mark.parametrize("encryption", ["auto", "always"])
def test_pywinrm_over_https(https: Served, certificates: Certificates, host: LabHost, encryption: str) -> None:
    """It binds its logon to the certificate as well."""
    url = f"https://localhost:{https()}/wsman"
    pywinrm_opens_a_shell(url, host, message_encryption=encryption, ca_trust_path=str(certificates.ca_file))


@pytest.mark.parametrize(
    ("kind", "why"),
    [("foreign", "unable to get local issuer certificate"), ("expired", "certificate has expired"), ("other_name", "127.0.0.1")],
)
def test_a_certificate_that_is_not_right(https: Served, certificates: Certificates, host: LabHost, kind: str, why: str) -> None:
    """The client ends it before it sends anything; without validation it would have gone on."""
    port = https(kind)
    with pytest.raises(SSLError, match=f"certificate verify failed: .*{why}"):
        over_tls(port, certificates).open()
    assert host.recorder.requests == []
    with over_tls(port, certificates, cert_validation=False) as pool:
        assert run(pool, "Get-Echo", A=1)[0] == [{"got": {"A": 1}}]


def test_a_client_that_trusts_another_authority(https: Served, certificates: Certificates, host: LabHost, tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_bytes(Authority("somebody").pem)
    with pytest.raises(SSLError, match="certificate verify failed"):
        over_tls(https(), certificates, cert_validation=str(tmp_path / "ca.pem")).open()
    assert host.recorder.requests == []


@pytest.mark.parametrize(("binding", "more"), [(b"x" * 32, {}), (None, {"negotiate_send_cbt": False})])
@pytest.mark.parametrize("auth", ["ntlm", "negotiate"])
def test_a_logon_bound_to_another_certificate_or_to_none(
    https: Served, certificates: Certificates, host: LabHost, auth: str, binding: bytes | None, more: dict[str, Any]
) -> None:
    """As with somebody in the middle, who has a certificate of his own."""
    with pytest.raises(AuthenticationError):
        over_tls(https(binding=binding), certificates, auth=auth, **more).open()
    assert host.open_shells == 0


def test_there_are_no_other_kinds(certificates: Certificates) -> None:
    """And no key is left in the folder once it is loaded."""
    with pytest.raises(ValueError, match="no such kind of certificate: wrong; write one of right, foreign, expired, other_name"):
        certificates.server("wrong")
    certificates.server("right")
    assert [path.name for path in certificates.ca_file.parent.iterdir()] == ["ca.pem"]


@pytest.mark.parametrize("users", [{"a:b": "c"}, {"a": "b:c"}, {"a": "b\nc"}])
def test_an_account_that_the_file_cannot_hold(users: dict[str, str]) -> None:
    """Nobody is let in, rather than somebody else."""
    token = base64.b64encode(spnego.client("a", "c", protocol="ntlm", options=spnego.NegotiateOptions.use_ntlm).step()).decode()
    answer = NtlmLogin(users).check(HttpRequest("POST", "/wsman", {"authorization": f"NTLM {token}"}, b"", 1, 1))
    assert isinstance(answer, HttpResponse) and answer.headers == ("WWW-Authenticate: Negotiate", "WWW-Authenticate: NTLM")


# -- a fleet's transport ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", TRANSPORTS)
def test_a_transport_listens_and_says_how_to_come(host: LabHost, kind: str) -> None:
    """Its variables, given to pypsrp, reach what listens; afterwards no file is left."""
    transport = Transport(kind)
    port, variables = transport.listen(host), transport.variables()
    options = {
        "ssl": variables["ansible_psrp_protocol"] == "https",
        "auth": variables["ansible_psrp_auth"],
        "encryption": variables.get("ansible_psrp_message_encryption", "auto"),
        "cert_validation": variables.get("ansible_psrp_ca_cert", True),
    }
    with connect(port, **options) as pool:
        assert run(pool, "Get-Echo", A=1)[0] == [{"got": {"A": 1}}]
    transport.close()
    assert options["cert_validation"] is True or not Path(options["cert_validation"]).exists()


@pytest.mark.parametrize("kind", ["ntlm", "https"])
def test_a_transport_takes_no_basic_login(host: LabHost, kind: str) -> None:
    transport = Transport(kind)
    port = transport.listen(host)
    with pytest.raises(AuthenticationError):
        connect(port, ssl=kind == "https", encryption="auto" if kind == "https" else "never", cert_validation=False).open()
    assert host.open_shells == 0
    transport.close()


def test_there_is_no_other_transport() -> None:
    with pytest.raises(ValueError, match="no such transport: smoke; write one of basic, ntlm, https"):
        Transport("smoke")
