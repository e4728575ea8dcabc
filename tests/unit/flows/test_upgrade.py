# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An upgrade: only of a staging server, only with the file that was meant, and only what reads back counts."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows.upgrade import upgrade

from tests.lab.fleet import TwinEngine
from tests.lab.model.installer import Installer
from tests.lab.model.server import ModelServer

from .stage import INSTALLER, MSI, UPGRADE, Stage, ended


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
    """Then the role is told as unknown, not the upgrade as done."""
    made = stage()
    looks = 0

    def later() -> None:
        nonlocal looks
        looks += 1
        made.after["Get-EntraSyncServer"] = later
        if looks == 2:  # laid down is read first, then that it is finished
            made.turn("srv2", False)

    def done() -> None:
        finished(made["srv2"])
        made.after["Get-EntraSyncServer"] = later

    made.after["Install-EntraSyncWizard"] = done
    assert upgraded(made) == ("unknown", [("role_unknown", "srv2")])


def test_file_sum_is_of_the_file() -> None:
    """Else the tests above would compare nothing."""
    assert hashlib.sha256(INSTALLER.file).hexdigest() == INSTALLER.sha256
