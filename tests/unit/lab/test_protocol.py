# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lab's protocol carries pypsrp, and Ansible's psrp connection plugin, unmodified."""

from __future__ import annotations

import base64
import datetime
import ssl
import threading
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pypsrp.exceptions import WSManFaultError
from pypsrp.powershell import RunspacePool
from pypsrp.wsman import WSMan
from requests.exceptions import RequestException

from ...lab.host import LabHost
from .client import DEFINE, USERS, EchoEngine, connect, run, script


# -- errors, definitions, language ------------------------------------------------------------------------------------
def test_errors(host: LabHost, pool: RunspacePool) -> None:
    assert run(pool, "Get-Refused") == ([], [("EntraConnect.claim_live", "somebody else holds the claim")])
    output, errors = run(pool, "Get-Nope")
    assert output == [] and errors[0][0] == "CommandNotFoundException"
    assert errors[0][1].startswith("The term 'Get-Nope' is not recognized as the name of a cmdlet, function, script file, or operable program. ")
    assert run(pool, "Get-Broken")[1] == [("LabDefect", "KeyError: 'defect'")]
    assert [(call.function, call.error) for call in host.recorder.calls] == [
        ("Get-Refused", "EntraConnect.claim_live"),
        ("Get-Broken", "LabDefect"),
    ]
    assert run(pool, "Get-Echo", A=1)[0]  # the shell goes on


def test_a_number_that_does_not_fit_is_a_fault_not_a_hang(host: LabHost, pool: RunspacePool) -> None:
    with pytest.raises(WSManFaultError):
        run(pool, "Get-Echo", Value=2**40)
    assert host.recorder.notes


def test_a_function_runs_once_its_text_was_sent_to_this_shell(host: LabHost) -> None:
    host.installed = False
    with connect(host.port) as one, connect(host.port) as two:
        assert run(one, "Get-Echo")[1][0][0] == "CommandNotFoundException"
        assert script(one, DEFINE) == (["FullLanguage"], [])
        assert run(one, "Get-Echo", A=1)[0] == [{"got": {"A": 1}}]
        assert run(two, "Get-Echo")[1][0][0] == "CommandNotFoundException"
        assert script(two, DEFINE, use_local_scope=True)[0] == ["FullLanguage"]
        assert run(two, "Get-Echo")[1][0][0] == "CommandNotFoundException"  # it ended with its scope
        assert run(two, "Set-Thing")[1] == []  # this one is global
    assert host.recorder.functions() == ["Get-Echo", "Set-Thing"]


def test_language_modes(host: LabHost, pool: RunspacePool) -> None:
    host.language_mode = "ConstrainedLanguage"
    assert script(pool, DEFINE) == (["ConstrainedLanguage"], [])
    host.language_mode = "NoLanguage"
    output, errors = script(pool, DEFINE)
    assert (output, errors[0][0]) == ([], "ScriptsNotAllowed")
    assert errors[0][1] == "The syntax is not supported by this runspace. This can occur if the runspace is in no-language mode."
    host.language_mode = "FullLanguage"
    assert script(pool, "Get-Process | Stop-Process")[1][0][0] == "NotImplemented"


# -- shape ------------------------------------------------------------------------------------------------------------
def test_a_session_costs_five_requests(host: LabHost) -> None:
    for _round in range(5):
        with connect(host.port) as pool:
            run(pool, "Get-Echo", A=1)
    assert [each.verb for each in host.recorder.requests[:5]] == ["Create", "Receive", "Command", "Receive", "Delete"]
    assert len(host.recorder.requests) == 25 and host.open_shells == 0


def test_twenty_hosts_in_one_process() -> None:
    hosts = [LabHost(f"srv{number}", EchoEngine(), USERS) for number in range(20)]
    ports = [each.listen() for each in hosts]
    failed: list[BaseException] = []

    def use(host: LabHost, port: int) -> None:
        try:
            host.installed = True
            with connect(port) as pool:
                assert run(pool, "Get-Echo", Name=host.name)[0] == [{"got": {"Name": host.name}}]
        except BaseException as error:  # noqa: BLE001
            failed.append(error)

    threads = [threading.Thread(target=use, args=pair) for pair in zip(hosts, ports, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for each in hosts:
        each.stop()
    assert not failed and len(set(ports)) == 20
    with pytest.raises(RequestException):
        connect(ports[0]).open()


def test_a_shell_belongs_to_its_user(host: LabHost, pool: RunspacePool) -> None:
    host.users["other"] = "pw"
    stranger = RunspacePool(WSMan("127.0.0.1", port=host.port, ssl=False, auth="basic", encryption="never", username="other", password="pw"))
    stranger.open()
    stranger.shell._selector_set = pool.shell._selector_set
    with pytest.raises(WSManFaultError, match="shell was not found"):
        run(stranger, "Get-Echo")


@pytest.mark.parametrize("body", [b"<not xml", b"<a/>", base64.b64encode(b"x")])
def test_what_is_no_envelope_is_a_bad_request(host: LabHost, body: bytes) -> None:
    token = base64.b64encode(b"lab:pw").decode()
    request = urllib.request.Request(f"http://127.0.0.1:{host.port}/wsman", body, {"Authorization": f"Basic {token}"})
    with pytest.raises(urllib.error.HTTPError) as error:
        urllib.request.urlopen(request)  # noqa: S310
    assert error.value.code == 400


def test_https(host: LabHost, tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")]), datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + datetime.timedelta(hours=1)).sign(key, hashes.SHA256())
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "server.pem").write_bytes(made.public_bytes(Encoding.PEM) + private)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(tmp_path / "server.pem")
    with connect(host.listen(tls=tls), ssl=True, encryption="auto", cert_validation=False) as pool:
        assert run(pool, "Get-Echo", A=1)[0] == [{"got": {"A": 1}}]


# -- Ansible's own connection plugin ------------------------------------------------------------------------------------
def test_the_psrp_connection_plugin(host: LabHost) -> None:
    loader = pytest.importorskip("ansible.plugins.loader")
    from ansible.errors import AnsibleConnectionFailure
    from ansible.playbook.play_context import PlayContext

    def plugin(password: str) -> Any:
        made = loader.connection_loader.get("psrp", PlayContext(), "/dev/null")
        options = {"host": "127.0.0.1", "port": host.port, "protocol": "http", "auth": "basic", "message_encryption": "never"}
        named = {f"ansible_psrp_{key}": value for key, value in options.items()}
        made.set_options(var_options={**named, "ansible_user": "lab", "ansible_password": password})
        return made

    connection = plugin("pw")
    connection._connect()
    assert run(connection.runspace, "Get-Echo", A=["x", "ü"], B=True)[0] == [{"got": {"A": ["x", "ü"], "B": True}}]
    rc, _out, err = connection.exec_command("Get-Process")
    assert rc != 0 and b"no script text" in err
    connection.close()
    assert host.open_shells == 0
    with pytest.raises(AnsibleConnectionFailure):
        plugin("wrong")._connect()
