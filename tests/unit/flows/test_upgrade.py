# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An upgrade: only of a staging server, only with the file that was meant, and only what reads back counts."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.claiming import take_claim
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.flow import Stop
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.hold import hold
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.upgrade import upgrade

from tests.lab.fleet import TwinEngine
from tests.lab.model.installer import Installer
from tests.lab.model.server import RECORD_FILE, ModelServer

from .stage import CLAIM, INSTALLER, MSI, UPGRADE, Stage, ended


def stage(installer: Installer | None = INSTALLER) -> Stage:
    """srv2 is to be upgraded, and has this MSI on its disk."""
    made = Stage()
    if installer is not None:
        made["srv2"].installers[MSI] = installer
    return made


def finished(server: ModelServer) -> None:
    """A person has finished the wizard."""
    server.engine_version = server.configuration_version = server.wizard_version


def upgraded(made: Stage, **options: Any) -> tuple[str, list[tuple[str, str]]]:
    """How the upgrade of srv2 ends; nobody is waited for."""
    return ended(upgrade, made.flow("srv2", wizard_timeout=0), {**UPGRADE, **options}, False)


def test_upgraded() -> None:
    """What the tests below start from is good."""
    made = stage()
    made.after["Install-EntraSyncWizard"] = lambda: finished(made["srv2"])
    assert upgraded(made) == ("done", [])


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"version": "newest"}, ("refused", [("bad_version", "srv2")])),
        ({"msi": ""}, ("refused", [("installer_unnamed", "srv2")])),
        ({"msi": "a b?.msi"}, ("refused", [("bad_file_name", "srv2")])),
        ({"operator_ready": False}, ("needs_operator", [("operator_not_ready", "srv2")])),
        ({"msi_sha256": "0" * 64}, ("refused", [("checksum_wrong", "srv2")])),
    ],
)
def test_what_is_wrong_is_told_before_anything_changes(options: dict[str, Any], told: tuple[str, list[tuple[str, str]]]) -> None:
    """Nothing is laid down then."""
    made = stage()
    assert (upgraded(made, **options), made.writing()) == (told, [])


@pytest.mark.parametrize(
    ("installer", "code"),
    [
        (None, "installer_missing"),
        (Installer("2.6.92.0", signer="Contoso"), "signature_wrong"),
        (Installer("2.6.92.0", product="Another Product"), "product_wrong"),
    ],
)
def test_another_file_than_was_meant(installer: Installer | None, code: str) -> None:
    """Told by looking at it, not by running it."""
    made = stage(installer)
    sha256 = INSTALLER.sha256 if installer is None else installer.sha256
    assert (upgraded(made, msi_sha256=sha256), made.writing()) == (("refused", [(code, "srv2")]), [])


def test_a_file_here_with_another_checksum(tmp_path: Path) -> None:
    """It is not even sent."""
    path = tmp_path / "a.msi"
    path.write_bytes(b"another")
    made = stage()
    assert (upgraded(made, msi=str(path)), made.called[1:]) == (("refused", [("checksum_local", "srv2")]), [])


def test_a_file_here_with_a_name_that_no_server_takes(tmp_path: Path) -> None:
    """Nor this one."""
    path = tmp_path / "a b?.msi"
    path.write_bytes(INSTALLER.file)
    made = stage()
    assert (upgraded(made, msi=str(path)), made.called[1:]) == (("refused", [("bad_file_name", "srv2")]), [])


def test_over_a_restricted_endpoint_a_path_is_refused() -> None:
    """Only files of our own folder are read there."""
    made = stage()
    made.answers["srv2", "Get-EntraSyncServer"] = {**TwinEngine(made["srv2"]).invoke("Get-EntraSyncServer", {"Full": True}), "endpoint": "operator"}
    assert upgraded(made) == ("refused", [("installer_path", "srv2")])


def test_an_active_server_is_not_upgraded() -> None:
    """The wizard would start cycles that export."""
    made = stage()
    assert (ended(upgrade, made.flow("srv1"), UPGRADE, False), made.writing()) == (("refused", [("upgrade_needs_staging", "srv1")]), [])


def test_what_is_not_on_the_disk_afterwards_was_not_laid_down() -> None:
    """Whatever the exit code said."""
    made = stage()
    made.answers["srv2", "Install-EntraSyncWizard"] = {"changed": True, "exit_code": 0}
    assert upgraded(made) == ("incomplete", [("not_laid_down", "srv2")])


def test_staging_turned_off_in_the_wizard() -> None:
    """Blocked and stopped at once, and said."""
    made = stage()
    made.after["Install-EntraSyncWizard"] = lambda: made.turn("srv2", False)
    assert upgraded(made) == ("incomplete", [("wrong_tick", "srv2")])
    assert made["srv2"].service == "Stopped" and made["srv2"].start_type == "Disabled" and made["srv2"].blocked


def test_staging_turned_off_right_after_the_wait() -> None:
    """Blocked and stopped all the same, and the upgrade is not told as done."""
    made = stage()
    looks = 0

    def later() -> None:
        nonlocal looks
        looks += 1
        made.after["Get-EntraSyncServer"] = later
        if looks == 2:  # the first is that the database was configured, the second begins the proof
            made.turn("srv2", False)

    def done() -> None:
        finished(made["srv2"])
        made.after["Get-EntraSyncServer"] = later

    made.after["Install-EntraSyncWizard"] = done
    assert upgraded(made) == ("incomplete", [("wrong_tick", "srv2")])
    assert made["srv2"].service == "Stopped" and made["srv2"].blocked


def exits(made: Stage, *codes: int) -> None:
    """What msiexec ends with, one call after the other; after the last one a person restarts the server and finishes it."""
    made["srv2"].exit_codes = list(codes)

    def after() -> None:
        if made["srv2"].exit_codes:
            made.after["Install-EntraSyncWizard"] = after
        else:
            made["srv2"].reboot()
            finished(made["srv2"])

    made.after["Install-EntraSyncWizard"] = after


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        ((3010,), ("done", [])),
        ((1618, 1618, 0), ("done", [])),
        ((1603,), ("incomplete", [("not_laid_down", "srv2")])),
        ((1638,), ("incomplete", [("not_laid_down", "srv2")])),
        ((1602,), ("incomplete", [("not_laid_down", "srv2")])),
    ],
)
def test_exit_codes_of_msiexec(codes: tuple[int, ...], told: tuple[str, list[tuple[str, str]]]) -> None:
    """A restart is only told, another installation is waited for, the rest ends it."""
    made = stage()
    exits(made, *codes)
    assert (upgraded_within(made), made.writing().count(("srv2", "Install-EntraSyncWizard"))) == (told, len(codes))


def test_another_installation_that_does_not_end() -> None:
    """Asked again until the limit, then said with what to do."""
    made = stage()
    made["srv2"].exit_codes = [1618]
    try:
        upgrade(made.flow("srv2", idle_timeout=0), UPGRADE, False)
    except Stop as stop:
        assert [(each.code, each.params["exit_code"]) for each in stop.refusals] == [("not_laid_down", 1618)]
    else:
        raise AssertionError("it was told as done")


def test_a_lost_answer_is_followed_by_a_look_and_the_same_request() -> None:
    """It may or may not have run: here it had not."""
    made = stage()
    made.lost("srv2", "Install-EntraSyncWizard")

    def found() -> None:
        made.answers.pop(("srv2", "Install-EntraSyncWizard"), None)
        made.after["Install-EntraSyncWizard"] = lambda: finished(made["srv2"])

    made.after["Update-EntraSyncLease"] = found
    assert upgraded(made) == ("done", [])
    assert made.writing().count(("srv2", "Install-EntraSyncWizard")) == 2


def test_a_server_that_restarts_while_the_wizard_is_waited_for() -> None:
    """No answer is unknown, and asked again."""
    made = stage()
    silences = 0

    def restarts() -> None:
        made.silent("srv2")

    def back() -> None:
        nonlocal silences
        silences += 1
        if silences == 3:
            made.answers.clear()
            finished(made["srv2"])

    made.after["Install-EntraSyncWizard"] = restarts
    made.while_silent = back
    assert upgraded_within(made) == ("done", [])
    assert any("it does not answer (unreachable)" in line for line in made.said)


def upgraded_within(made: Stage, **options: Any) -> tuple[str, list[tuple[str, str]]]:
    """As `upgraded`, with time for it."""
    return ended(upgrade, made.flow("srv2", wizard_timeout=60), {**UPGRADE, **options}, False)


def test_time_out_tells_what_is_missing() -> None:
    """Part by part."""
    made = stage()
    made["srv2"].processes.add("AzureADConnect")
    with pytest.raises(Stop) as stop:
        upgrade(made.flow("srv2", wizard_timeout=0), UPGRADE, False)
    (refusal,) = stop.value.refusals
    assert (stop.value.outcome, refusal.code, refusal.params["option"]) == ("incomplete", "wait_timed_out", "wizard_timeout")
    assert "missing: the engine is 2.5.79.0, the wizard is open" in refusal.params["state"]


@pytest.mark.parametrize(
    ("world", "options", "told"),
    [
        ({"engine_version": "2.6.93.0", "wizard_version": "2.6.93.0", "configuration_version": "2.6.93.0"}, {}, "downgrade"),
        ({"wizard_version": "2.6.93.0"}, {}, "wizard_newer"),
        ({}, {"version": "2.6.84.0"}, "known_bad"),
        ({}, {"version": "2.6.91.0"}, "installer_version"),
        ({}, {"only_server": True}, "in_place_only_alone"),
    ],
)
def test_what_no_upgrade_is_begun_with(world: dict[str, str], options: dict[str, Any], told: str) -> None:
    """Told by name, before anything changes."""
    made = stage()
    for name, value in world.items():
        setattr(made["srv2"], name, value)
    assert (upgraded(made, **options), made.writing()) == (("refused", [(told, "srv1" if told == "in_place_only_alone" else "srv2")]), [])


def test_a_bad_version_with_a_reason_is_told() -> None:
    """It is laid down then."""
    made = Stage()
    bad = Installer("2.6.84.0")
    made["srv2"].installers[MSI] = bad
    made.after["Install-EntraSyncWizard"] = lambda: finished(made["srv2"])
    assert upgraded(made, version="2.6.84.0", msi_sha256=bad.sha256, accept_known_bad="CHG-7") == ("done", [])
    assert any("CHG-7" in line for line in made.said)


def test_a_held_server() -> None:
    """The command that releases it stands in the message."""
    made = stage()
    hold(made.flow("srv2"), False)
    calls = len(made.writing())
    assert (upgraded(made), len(made.writing())) == (("refused", [("upgrade_held", "srv2")]), calls)


def test_somebody_elses_claim() -> None:
    """Not passed by, unless it is to be superseded."""
    made = stage()
    take_claim(made.flow("srv2"), {**CLAIM, "active": "srv2", "version": "2.6.92.0", "method": "settings"}, False)
    made.after["Install-EntraSyncWizard"] = lambda: finished(made["srv2"])
    assert upgraded(made) == ("refused", [("claim_live", "srv2")])
    assert upgraded(made, take_over=True) == ("done", [])


@pytest.mark.parametrize(
    ("world", "told"),
    [
        ({"wizard_version": "2.6.91.0"}, ("incomplete", [("version_not_proved", "srv2")])),
        ({"enabled": False}, ("incomplete", [("scheduler_turned_off", "srv2")])),
        ({"module_present": False}, ("unknown", [("role_unknown", "srv2")])),
    ],
)
def test_what_is_not_so_in_the_proof(world: dict[str, Any], told: tuple[str, list[tuple[str, str]]]) -> None:
    """Though all seemed well while it was waited for."""
    made = stage()

    def later() -> None:
        for name, value in world.items():
            setattr(made["srv2"], name, value)

    def done() -> None:
        finished(made["srv2"])
        made.after["Get-EntraSyncServer"] = later

    made.after["Install-EntraSyncWizard"] = done
    assert upgraded(made) == told


def alone() -> Stage:
    """The only server of its topology, active."""
    made = Stage(srv1="2.5.79.0")
    made["srv1"].installers[MSI] = INSTALLER
    return made


def test_the_only_server() -> None:
    """Upgraded while it is active, and active afterwards."""
    made = alone()
    made.after["Install-EntraSyncWizard"] = lambda: finished(made["srv1"])
    assert ended(upgrade, made.flow("srv1", wizard_timeout=0), {**UPGRADE, "only_server": True}, False) == ("done", [])
    assert not made["srv1"].staging


def test_the_only_server_in_staging_mode() -> None:
    """Before: it is not active. After: somebody has ticked the wrong box."""
    made = alone()
    made.turn("srv1", True)
    only = {**UPGRADE, "only_server": True}
    assert ended(upgrade, made.flow("srv1"), only, False) == ("refused", [("only_server_staging", "srv1")])
    made.turn("srv1", False)

    def done() -> None:
        finished(made["srv1"])
        made.turn("srv1", True)

    made.after["Install-EntraSyncWizard"] = done
    assert ended(upgrade, made.flow("srv1", wizard_timeout=0), only, False) == ("incomplete", [("staging_turned_on", "srv1")])


def test_a_wrong_tick_whose_stop_is_not_answered() -> None:
    """Told as a server that may export, not as a wait that took too long."""
    made = stage()
    made.lost("srv2", "Enter-EntraSyncQuarantine")
    made.after["Install-EntraSyncWizard"] = lambda: made.turn("srv2", False)
    assert upgraded(made) == ("unknown", [("wrong_tick_running", "srv2")])


def test_a_wrong_tick_whose_stop_is_not_answered_but_done() -> None:
    """The next look tells that the server is blocked and stopped."""
    made = stage()
    made.lost("srv2", "Enter-EntraSyncQuarantine")

    def done_all_the_same() -> None:
        made.answers.clear()
        claim = json.loads(made["srv2"].files[RECORD_FILE])["claim"]
        TwinEngine(made["srv2"]).invoke("Enter-EntraSyncQuarantine", {"Epoch": claim["epoch"], "RunId": claim["run_id"]})

    made.while_silent = done_all_the_same
    made.after["Install-EntraSyncWizard"] = lambda: made.turn("srv2", False)
    assert upgraded_within(made) == ("incomplete", [("wrong_tick", "srv2")])
    assert made.called.count(("srv2", "Enter-EntraSyncQuarantine")) == 1


def test_file_sum_is_of_the_file() -> None:
    """Else the tests above would compare nothing."""
    assert hashlib.sha256(INSTALLER.file).hexdigest() == INSTALLER.sha256
