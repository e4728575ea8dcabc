# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our endpoints on a real PowerShell engine: what can be called there, and what cannot.

The engine on Linux takes no role definitions: the lab copies what our role capability files say into the session's configuration. Who may
connect, and as which account the endpoint runs, is not tested here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._errors import SessionError
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.flow import Flow, Waits
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.pending import pending_exports
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.transfer import fetch_file
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._functions import FOLDER
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.pending import PendingRead, watched
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._session import PsrpSession
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._topology import Topology
from pypsrp.powershell import PowerShell, RunspacePool
from pypsrp.wsman import WSMan

from tests import needs
from tests.lab.fleet import ENDPOINTS, PASSWORD, USER, Fleet
from tests.lab.pwsh.engine import DEFAULT
from tests.lab.twins import TWINS
from tests.unit.lab.client import Connection

from .forbidden import COMMANDS, NOT_SENDABLE, SCRIPTS

pytestmark = needs.ENGINE
PROXIES = {"Clear-Host", "Exit-PSSession", "Get-Command", "Get-FormatData", "Get-Help", "Measure-Object", "Out-Default", "Select-Object"}
REFUSED = ("CommandNotFoundException", "NamedParameterNotFound")
Ask = Callable[..., tuple[list[Any], str]]


@pytest.fixture(scope="module")
def fleet() -> Iterator[Fleet]:
    """One fleet for all, whose servers register nothing new, so that no session ends by a restart."""
    with Fleet(speed=300.0, engine="pwsh", installed=True) as fleet:
        fleet.register_endpoints()
        for server in fleet.world.servers.values():
            server.endpoint_fails = "this server registers nothing"
        yield fleet


@pytest.fixture(scope="module")
def sessions(fleet: Fleet) -> Iterator[dict[str, Ask]]:
    """How to ask over each endpoint: output, and the id of the first error."""
    with pool(fleet, DEFAULT) as whole, pool(fleet, ENDPOINTS[0]) as reader, pool(fleet, ENDPOINTS[1]) as operator:
        yield {DEFAULT: asker(whole), ENDPOINTS[0]: asker(reader), ENDPOINTS[1]: asker(operator)}


def pool(fleet: Fleet, endpoint: str) -> RunspacePool:
    """A session over an endpoint of the first server."""
    wsman = WSMan("127.0.0.1", port=fleet.ports["srv1"], username=USER, password=PASSWORD, ssl=False, auth="basic", encryption="never")
    return RunspacePool(wsman, configuration_name=endpoint)


def asker(of: RunspacePool) -> Ask:
    """Run one command, or a script's text, in a session."""

    def ask(text: str, parameters: dict[str, Any] | None = None) -> tuple[list[Any], str]:
        shell = PowerShell(of)
        if parameters is None:
            shell.add_script(text)
        else:
            shell.add_cmdlet(text).add_parameters(parameters)
        output = list(shell.invoke())
        errors = [str(each.fq_error) for each in shell.streams.error]
        assert bool(errors) or not shell.had_errors
        return output, errors[0] if errors else ""

    return ask


@pytest.mark.parametrize("text", SCRIPTS)
def test_no_script_text_is_taken(text: str, sessions: dict[str, Ask]) -> None:
    assert sessions[DEFAULT](text)[1] == ""
    for name in ENDPOINTS:
        assert sessions[name](text) == ([], "ScriptsNotAllowed"), name


@pytest.fixture
def places(tmp_path: Path) -> dict[str, str]:
    """Files that the commands are about."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "new").write_text("old", encoding="utf-8")
    (tmp_path / "own.ps1").write_text("1", encoding="utf-8")
    names = {"file": "file", "new": "new", "script": "own.ps1", "configuration": "own.pssc"}
    return {key: str(tmp_path / name) for key, name in names.items()}


def state(fleet: Fleet, places: dict[str, str]) -> dict[str, Any]:
    """All that a command of the table could have changed: its files, the model, and record and journal."""
    files = {name: path.read_bytes() for name, path in ((name, Path(text)) for name, text in places.items()) if path.exists()}
    server = fleet.world.servers["srv1"]
    return {"files": files, "enabled": server.enabled, "endpoints": dict(server.endpoints), "journal": fleet.journal("srv1")}


@pytest.mark.parametrize(("command", "parameters"), COMMANDS, ids=lambda value: value if isinstance(value, str) else ",".join(value))
def test_other_commands_are_not_there(
    command: str, parameters: dict[str, Any], sessions: dict[str, Ask], fleet: Fleet, places: dict[str, str]
) -> None:
    """First over ours, where nothing happens; then over the other one, where it works."""

    def filled(value: Any) -> Any:
        return re.sub(r"\{(\w+)\}", lambda found: places[found[1]], value) if isinstance(value, str) and len(value) < 100 else value

    given = {key: filled(value) for key, value in parameters.items()}
    before = state(fleet, places)
    for name in ENDPOINTS:
        output, error = sessions[name](filled(command), given)
        assert (output, error.split(",")[0] in REFUSED) == ([], True), (name, error)
    assert state(fleet, places) == before
    assert sessions[DEFAULT](filled(command), given)[1] == ""


@pytest.mark.parametrize(("command", "parameters"), NOT_SENDABLE, ids=[command for command, _parameters in NOT_SENDABLE])
def test_a_command_that_wants_more_is_not_there_either(command: str, parameters: dict[str, Any], sessions: dict[str, Ask]) -> None:
    assert sessions[DEFAULT](command, parameters)[1].split(",")[0] not in ("", "CommandNotFoundException")
    for name in ENDPOINTS:
        assert sessions[name](command, parameters) == ([], "CommandNotFoundException"), name


def test_the_installer_takes_no_path(sessions: dict[str, Ask]) -> None:
    """Over the endpoint of operators the parameter is not there; elsewhere the function gets as far as asking for a claim."""
    given = {"Path": "C:\\Install\\AzureADConnect.msi", "Sha256": "00", "TimeoutSeconds": 5}
    assert sessions[DEFAULT]("Install-EntraSyncWizard", given)[1].startswith("EntraConnect.claim_missing")
    assert sessions[ENDPOINTS[1]]("Install-EntraSyncWizard", given)[1].startswith("NamedParameterNotFound")
    assert sessions[ENDPOINTS[0]]("Install-EntraSyncWizard", given)[1] == "CommandNotFoundException"


def test_a_file_comes_out_byte_for_byte(tmp_path: Path) -> None:
    """In pieces, over the endpoint of operators; that of readers reads no file. A fleet of its own: a command above removes the module."""
    with Fleet({"srv1": "2.5.79.0"}, speed=300.0, engine="pwsh", installed=True) as fleet:
        fleet.register_endpoints()
        for size in (0, 3, 1_500_000):
            fleet.world.servers["srv1"].stored[f"{size}.bin"] = bytes(range(256)) * (size // 256) + b"end"[: size % 256]
        for name in ENDPOINTS:
            connection = Connection(fleet.ports["srv1"], PASSWORD, configuration_name=name, read_timeout=60, operation_timeout=50)
            flow = Flow(Topology({"srv1": PsrpSession("srv1", connection)}), "srv1", Waits(), lambda text: None)
            flow.read_one()
            for file, data in fleet.world.servers["srv1"].stored.items():
                if name == ENDPOINTS[0]:
                    with pytest.raises(SessionError) as told:
                        fetch_file(flow, file, tmp_path / file)
                    assert told.value.code == "endpoint_reads_only"
                else:
                    fetch_file(flow, file, tmp_path / file)
                    assert (tmp_path / file).read_bytes() == data
            flow.topology.close()


def test_pending_exports_are_read_over_every_endpoint() -> None:
    """With details: equal in full language, for readers and for operators, and to what the twin says; no file is left on the server."""
    with Fleet({"srv1": "2.5.79.0"}, speed=300.0, engine="pwsh", installed=True) as fleet:
        fleet.register_endpoints()
        server = fleet.world.servers["srv1"]
        with fleet.clock.lock:
            server.set_staging(True)  # else a cycle of its own exports them
        fleet.world.change_ad("updates", 3, ["userPrincipalName", "mail:add"])
        fleet.world.change_ad("deletes", 2)
        server.cycles.seen = {change.number for change in fleet.world.changes}
        options = {"servers": None, "detail": True, "samples": 1, "max_pending": {}, "enforce": False, "timeout": 120}
        told = []
        for name in (DEFAULT, *ENDPOINTS):
            connection = Connection(fleet.ports["srv1"], PASSWORD, configuration_name=name, read_timeout=60, operation_timeout=50)
            flow = Flow(Topology({"srv1": PsrpSession("srv1", connection)}), "srv1", Waits(), lambda text: None)
            told.append(pending_exports(flow, options))
            flow.topology.close()
        answer = TWINS["Get-EntraSyncPendingExport"](server, Detail=True, Samples=1, Watch=list(watched()))
        expected = PendingRead.from_answer("srv1", answer, True).as_value()
        assert [each["pending"]["srv1"] for each in told] == [expected] * 3
        assert [each["code"] for each in told[0]["fails"]] == ["over_budget"]
        assert [file for disk in fleet.disks() for file in disk.rglob("*/pending/*")] == []


@pytest.mark.parametrize("name", ENDPOINTS)
def test_what_is_there(name: str, sessions: dict[str, Ask]) -> None:
    """Exactly the functions that the role capability file names and that exist, and the eight commands of every restricted session."""
    capability = (FOLDER / "RoleCapabilities" / f"{name}.psrc").read_text(encoding="utf-8")
    ours = set(re.findall(r"'(\w+-EntraSync\w+)'", capability)) & {path.stem for path in (FOLDER / "Public").glob("*.ps1")}
    found, error = sessions[name]("Get-Command", {})
    assert error == ""
    assert {each.adapted_properties["Name"] for each in found} == ours | PROXIES
    assert len(ours) > 2


def test_the_reader_can_change_nothing() -> None:
    """By name: only functions that read are named for it, and the operators have all of those too."""
    reader, operator = ((FOLDER / "RoleCapabilities" / f"{name}.psrc").read_text(encoding="utf-8") for name in ENDPOINTS)
    names = re.findall(r"'(\w+-EntraSync\w+)'", reader)
    assert names and all(name.startswith("Get-") and f"'{name}'" in operator for name in names)


def test_each_tells_which_one_it_is() -> None:
    """What a change is refused by, before it is sent. On servers of its own, which no command above has changed."""
    with Fleet(speed=300.0, engine="pwsh", installed=True) as fleet:
        fleet.register_endpoints()
        for name, told in zip((DEFAULT, *ENDPOINTS), ("", "reader", "operator"), strict=True):
            with pool(fleet, name) as one:
                for function in ("Get-EntraSyncServer", "Get-EntraSyncModule"):
                    (answer,), error = asker(one)(function, {})
                    assert (answer.adapted_properties | answer.extended_properties)["endpoint"] == told, (name, function)
                    assert error == ""
