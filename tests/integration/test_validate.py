# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook validate: it says whether all is well, against a baseline too, and changes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .conftest import Maker
from .runner import Control, Done
from .test_switch import writing

TENANT = {"entra_connect_tenant_tasks": str(Path(__file__).parent / "tenant_tasks.yml")}


def look(here: Control, outcome: str, **variables: Any) -> tuple[Done, str]:
    """Run it; its end, and its output on one line. Whatever it says, nothing was changed."""
    calls = writing(here)
    done = here.playbook("validate", **variables)
    assert (done.outcome, done.changed) == (outcome, 0), done.output
    assert writing(here) == calls
    assert (done.rc == 0) is (outcome == "done")
    return done, " ".join(done.output.split())


def test_is_all_well(control: Maker) -> None:
    """First it is; then a server logs what it did not before; then somebody else exports; then another server is wanted."""
    here = control()
    here.fleet.clock.stop()  # so that no server of ours exports after what the tenant names
    with here.fleet.clock.lock:
        here.fleet.world.servers["srv2"].write_event("ADSync", 6100, "warning", "Some objects.")
    _done, said = look(here, "done")
    assert "srv1: new kinds of events" in said and "warn: 1 x ADSync 6100" in said
    (baseline,) = (here.folder / "reports").glob("validate-*.json")
    assert baseline.with_suffix(".html").exists()
    with here.fleet.clock.lock:
        here.fleet.world.servers["srv2"].write_event("ADSync", 6001, "error", "Cannot connect.")
    _done, said = look(here, "refused", entra_connect_baseline=str(baseline))
    assert "srv2 logged 1 x ADSync 6001 that was not there before; A connector cannot connect." in said
    assert "6100 that was not there" not in said
    _done, said = look(here, "refused", lab_tenant_stranger="OLDBOX", **TENANT)
    assert "The tenant names OLDBOX as its last exporter" in said and "none of the declared servers" in said
    look(here, "refused", entra_connect_version="2.6.92.0")
    look(here, "refused", entra_connect_active="srv2")
