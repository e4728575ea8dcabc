# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""prerequisites: what the version to come needs of Windows; found before anybody is demoted, and not by a wizard that stops.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from ..prerequisites import Prerequisites
from ..refusals import Refusal
from ..situation import Situation
from ..thresholds import threshold
from ._facts import judged, not_checked, running
from ._gate import BEFORE, Check, Checked, Gate, Said

GATE = Gate(
    id="prerequisites",
    title="Windows has what the upgrade needs",
    moments=(BEFORE,),
    reads="Of each server that is upgraded: build and kind of Windows, .NET, TLS 1.2, PowerShell's policies, whether the engine's configuration was "
    "changed.",
    verdict="Fails where Windows, .NET or TLS 1.2 fall short; warns of policies that can break the wizard and of a changed configuration.",
    todo="Install or set what is named on that server, and restart it.",
    protects="L1",
    why="An upgrade that its wizard refuses when it has begun.",
    shows=("requirement_missing",),
    thresholds=("net_release", "os_build"),
    codes={
        "requirement_missing": Said(
            "{server} has {found}; the upgrade needs {wanted}.", "Put it right on {server}, then run the same command again."
        ),
        "requirement_doubtful": Said("{server} has {found}, which can break {what}.", "Look at it before the upgrade of {server}."),
    },
    checks=(
        Check(("requirement_missing",), "The wizard refuses, or the new engine does not start.", "_missing"),
        Check(("requirement_doubtful",), "Only told: some upgrades fail by it.", "_doubtful"),
    ),
)
STRICT = frozenset({"allsigned", "restricted"})


def check(situation: Situation) -> Checked:
    """Windows has what the upgrade needs."""
    upgrading = [name for name in situation.plan.upgrading if name in situation.reads]
    if not upgrading:
        return [], [], "nobody is upgraded"
    fails: list[Refusal] = []
    warns = not_checked(situation, "what the upgrade needs", lambda facts: facts.os_build and facts.net_release and facts.tls_client, upgrading)
    said: list[str] = []
    for read, facts in running(situation):
        if read.name in upgrading:
            net, tls = facts.net_release or "unknown", facts.tls_client or "unknown"
            said.append(f"{read.name} {facts.os_name or 'Windows unknown'}, .NET {net}, TLS 1.2 {tls}")
            fails += _missing(situation, read.name, facts)
            warns += _doubtful(read.name, facts)
    return judged(situation, fails, warns, "; ".join(said) or "judged when they run again")


def _missing(situation: Situation, name: str, facts: Prerequisites) -> list[Refusal]:
    net, build = threshold(situation.options, "net_release"), threshold(situation.options, "os_build")
    old = (facts.os_build or "").isdigit() and int(facts.os_build or 0) < build
    found = {
        "Server Core": ("a Windows with its full desktop", facts.os_kind == "Server Core"),
        f"Windows build {facts.os_build}": (
            f"build {build} (Windows Server 2016) or later",
            old,
        ),
        f".NET release {facts.net_release}": (f"{net} (4.7.2) or later", facts.net_release is not None and facts.net_release < net),
        "TLS 1.2 turned off": ("TLS 1.2 for clients and servers", "off" in (facts.tls_client, facts.tls_server)),
    }
    return [Refusal("requirement_missing", name, {"found": what, "wanted": wanted}) for what, (wanted, bad) in found.items() if bad]


def _doubtful(name: str, facts: Prerequisites) -> list[Refusal]:
    policy = facts.execution_policy or ""
    found = {
        f"the execution policy {policy}": ("the wizard", policy.lower() in STRICT),
        "a policy for PowerShell transcripts": ("the wizard", facts.transcription is True),
        "SchUseStrongCrypto turned off": ("sign-ins to the tenant", facts.strong_crypto == "off"),
        "a changed miiserver.exe.config, by its file times": ("the start of the new engine", facts.engine_config_changed is True),
    }
    return [Refusal("requirement_doubtful", name, {"found": what, "what": hurt}) for what, (hurt, bad) in found.items() if bad]
