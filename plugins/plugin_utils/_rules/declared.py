# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which servers the user declares out, and which one is dead or comes back: what can be meant, before anything is read.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

VARIABLE = "entra_connect_declared_out"
KINDS = ("cloud", "powered_off", "asserted")
KEYS = ("fence", "reason", "evidence")
EXAMPLE = '{srv3: {fence: powered_off, reason: "...", evidence: "..."}}'


@dataclass(frozen=True)
class Declared:
    """A server that the user declares out.

    Attributes:
        server: inventory name.
        kind: the fence, ``cloud`` (its identity is disabled), ``powered_off`` or ``asserted`` (a person's word, no more).
        reason: why it is out.
        evidence: what shows it.
    """

    server: str
    kind: str
    reason: str
    evidence: str = ""


NOBODY: Mapping[str, Declared] = MappingProxyType({})  # no server is declared out


def parse(value: Any, names: Collection[str], variable: str = VARIABLE) -> tuple[dict[str, Declared], list[str]]:
    """The declared servers by name, and one sentence for everything that cannot be meant.

    Args:
        value: of the variable; none or empty is nobody.
        names: all servers of the inventory group.
        variable: its name, for the sentences.
    """
    if value is None or value == "" or value == {}:
        return {}, []
    if not isinstance(value, Mapping):
        return {}, [f"{variable} is '{value}'; write a mapping, such as {EXAMPLE}"]
    found: dict[str, Declared] = {}
    sentences: list[str] = []
    for name, entry in value.items():
        wrong = _wrong(str(name), entry, names, variable)
        sentences += wrong
        if not wrong:
            found[str(name)] = Declared(str(name), str(entry["fence"]), _text(entry, "reason"), _text(entry, "evidence"))
    return found, sentences


def failing(values: Mapping[str, Any], names: Collection[str]) -> tuple[dict[str, Declared], list[str]]:
    """The server that ``failover`` is told is dead, from the user's variables; sentences as `parse`."""
    dead = str(values.get("entra_connect_dead") or "")
    if not dead:
        return {}, ["entra_connect_dead is not given; write the name of the dead server, one of " + ", ".join(sorted(names))]
    if dead not in names:
        return {}, [f"entra_connect_dead is '{dead}', which is not in the group 'entra_connect'; write one of {', '.join(sorted(names))}"]
    kind = str(values.get("entra_connect_fence") or "")
    if kind not in KINDS:
        return {}, [f"entra_connect_fence is '{kind}'; write what keeps {dead} from exporting, one of {', '.join(KINDS)}"]
    sentences = []
    reason, evidence = _text(values, "entra_connect_fence_reason"), _text(values, "entra_connect_fence_evidence")
    if not reason:
        sentences.append(f"entra_connect_fence_reason is not given; write why {dead} is dead")
    if kind == "powered_off" and not evidence:
        sentences.append(f"entra_connect_fence_evidence is not given; write what shows that {dead} is powered off, such as the hypervisor's output")
    return ({}, sentences) if sentences else ({dead: Declared(dead, kind, reason, evidence)}, [])


def rejoining(values: Mapping[str, Any], names: Collection[str], out: Collection[str]) -> list[str]:
    """What stands against the server that ``rejoin`` is told comes back, as sentences."""
    name = str(values.get("entra_connect_rejoin") or "")
    if not name:
        return ["entra_connect_rejoin is not given; write the name of the server that is back, one of " + ", ".join(sorted(names))]
    if name not in names:
        return [f"entra_connect_rejoin is '{name}', which is not in the group 'entra_connect'; write one of {', '.join(sorted(names))}"]
    return [f"{name} stands in {VARIABLE}; take it out there first, so that it is asked again"] if name in out else []


def needs_tasks(out: Mapping[str, Declared], values: Mapping[str, Any]) -> list[str]:
    """One sentence where a fence of the kind cloud has nobody who disables and reads the identity."""
    cloud = sorted(name for name, each in out.items() if each.kind == "cloud")
    if not cloud or values.get("entra_connect_identity_tasks"):
        return []
    return [
        f"the fence of {', '.join(cloud)} is cloud, and entra_connect_identity_tasks is not given; write the path of a task file that "
        "disables and reads its cloud identity, or use the fence powered_off"
    ]


def _wrong(name: str, entry: Any, names: Collection[str], variable: str) -> list[str]:
    if name not in names:
        return [f"{variable} names {name}, which is not in the group 'entra_connect'; write one of {', '.join(sorted(names))}"]
    if not isinstance(entry, Mapping):
        return [f"{variable}: {name} is '{entry}'; write a mapping, such as {EXAMPLE}"]
    sentences = [f"{variable}: {name} has '{key}'; write fence, reason and evidence only" for key in entry if key not in KEYS]
    if entry.get("fence") not in KINDS:
        sentences.append(f"{variable}: the fence of {name} is '{entry.get('fence') or ''}'; write one of {', '.join(KINDS)}")
    if not _text(entry, "reason"):
        sentences.append(f"{variable}: {name} has no reason; write why it is out")
    if entry.get("fence") == "powered_off" and not _text(entry, "evidence"):
        sentences.append(f"{variable}: {name} has no evidence; write what shows that it is powered off, such as the hypervisor's output")
    return sentences


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    return str(value).strip() if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""
