# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person has to have ready, told before anybody is demoted."""

from __future__ import annotations

from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.operator_needs import needs, table

from . import builders
from .test_gates import planned


def test_an_upgrade_and_a_switch() -> None:
    """Each server once, each wizard counted."""
    said = needs(["srv2", "srv1"], ["srv1", "srv2"], "/srv/a.msi")
    minutes = 2 * table()["minutes"]["upgrade"] + 2 * table()["minutes"]["staging"]
    assert "on srv2, srv1, as" in said and "Hybrid Identity Administrator" in said and "the MSI /srv/a.msi" in said
    assert said.endswith(f"4 wizards, about {minutes} minutes in all")


def test_a_switch_alone_needs_no_msi() -> None:
    """And one wizard is one."""
    said = needs([], ["srv1"])
    assert "MSI" not in said and "1 wizard," in said
    assert "entra_connect_msi_sha256" in needs(["srv1"], [])


def test_the_gate_lists_it() -> None:
    """Of the whole way that is planned."""
    old = dict.fromkeys(("engine_version", "wizard_version", "product_version", "configuration_version"), "2.6.3.0")
    gate = planned(builders.active("srv1", **old), builders.staging("srv2", **old), version="2.6.92.0", method="wizard")["operator"]
    assert gate.verdict == "pass"
    assert gate.evidence.count("upgrade of") == 2
