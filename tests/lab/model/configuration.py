# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Get-ADSyncServerConfiguration would write on a simulated server, and the wizard's own file (adsync.md 7.1, 7.3).

Ids, times and accounts are those of each server.
"""

from __future__ import annotations

import copy
import json
import uuid
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement, tostring

import yaml

from .clock import iso

if TYPE_CHECKING:
    from .server import ModelServer

PARTITION = "DC=contoso,DC=local"
WIZARD_FILE = "Applied-SynchronizationPolicy-20261102-101500.JSON"
DAY = 86400.0


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    table: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "configuration.yml").read_text(encoding="utf-8"))
    return table


def settings(server: ModelServer) -> dict[str, Any]:
    """The settings of a server: those of all, and what it has otherwise. A rule that it has as nothing is not there."""
    merged = copy.deepcopy(_table())
    for key, value in server.configuration.items():
        if key == "rules":
            there = [name for name in {**merged[key], **value} if value.get(name, {}) is not None]
            merged[key] = {name: {**merged[key].get(name, {}), **value.get(name, {})} for name in there}
        else:
            merged[key] = {**merged[key], **value} if isinstance(value, dict) else value
    return merged


def upgraded(server: ModelServer) -> None:
    """An upgrade writes changed standard rules anew; what was disabled stays so (adsync.md 6.2)."""
    changes: dict[str, Any] = server.configuration.get("rules", {})
    for name, change in changes.items():
        if change and _table()["rules"].get(name, {}).get("tag"):
            changes[name] = {key: value for key, value in change.items() if key == "disabled"}


def files(server: ModelServer) -> dict[str, str]:
    """Path and text of every file of an export."""
    now = settings(server)
    connectors = {name: _connector(server, name, kind, now) for name, kind in server.connectors.items()}
    found = {f"Connectors/Connector_{{{server.connector_id(name)}}}.xml": element for name, element in connectors.items()}
    found["GlobalSettings/MV.xml"] = _global(server, now["global"])
    for name, rule in now["rules"].items():
        found[f"SynchronizationRules/SynchronizationRule_{{{_id(server, name)}}}.xml"] = _rule(server, name, rule)
    return {path: tostring(element, encoding="unicode") for path, element in found.items()}


def wizard_file(server: ModelServer) -> tuple[str, str, float] | None:
    """Name, text and time of the wizard's newest file."""
    told = settings(server)["wizard"]
    if not told:
        return None
    metadata = {"metadata": {"azureADConnectVersion": server.configuration_version}, "deploymentMetadata": {"hostName": server.name}}
    return WIZARD_FILE, json.dumps({**metadata, **told}), server.world.started - 30 * DAY


def _id(server: ModelServer, name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{server.name}/{name}"))


def _add(parent: Element, values: Mapping[str, Any]) -> None:
    """Children by tag: a text, more children, or a list of either."""
    for tag, value in values.items():
        for each in value if isinstance(value, list) else [value]:
            child = SubElement(parent, tag)
            if isinstance(each, dict):
                _add(child, each)
            else:
                child.text = str(each)


def _parameters(parent: Element, use: str, values: Mapping[str, str]) -> Element:
    holder = SubElement(parent, "parameter-values")
    for name, value in values.items():
        SubElement(holder, "parameter", {"name": name, "type": "string", "use": use, "dataType": "String"}).text = value
    return holder


def _connector(server: ModelServer, name: str, kind: str, now: Mapping[str, Any]) -> Element:
    data, is_ad = Element("ma-data"), kind == "ad"
    written = iso(server.world.clock.now)
    head = {"id": "{" + server.connector_id(name).upper() + "}", "name": name, "category": "AD" if is_ad else "Extensible2"}
    _add(data, {"format-version": "1", **head, "creation-time": written, "last-modification-time": written, "version": len(server.name)})
    private = SubElement(SubElement(data, "private-configuration"), "adma-configuration" if is_ad else "MAConfig")
    account = f"MSOL_{_id(server, 'account')[:12].replace('-', '')}" if is_ad else f"Sync_{server.name.upper()}_{_id(server, 'sync')[:8]}@contoso"
    holder = _parameters(private, "connectivity", {"forest-login-user" if is_ad else "UserName": account})
    secret = {"name": "password", "type": "encrypted-string", "use": "connectivity", "dataType": "String", "encrypted": "1"}
    SubElement(holder, "parameter", secret).text = f"simulated secret of {server.name}"
    _add(data, {"attribute-inclusion": {"attribute": now["attributes" if is_ad else "entra_attributes"]}})
    partition, own = PARTITION if is_ad else "default", "{" + _id(server, f"partition {name}") + "}"
    containers = {"exclusions": {"exclusion": now["excluded"]}, "inclusions": {"inclusion": now["included"]}} if is_ad else {}
    types = {"object-class": now["object_types"] if is_ad else ["contact", "group", "user"]}
    part = {"id": own, "name": partition, "version": "1", "creation-time": written, "selected": "1"}
    _add(data, {"ma-partition-data": {"partition": {**part, "filter": {"object-classes": types, "containers": containers}}}})
    runs = SubElement(data, "ma-run-data")
    for title, step in now["profiles"].items():
        profile = SubElement(runs, "run-configuration")
        _add(profile, {"id": "{" + _id(server, f"{title} {name}") + "}", "name": title, "version": "1"})
        one = SubElement(SubElement(profile, "configuration"), "step")
        SubElement(one, "step-type", {"type": step})
        _add(one, {"threshold": {"object": "0", "batch-size": "50"}, "partition": own.upper()})
    return data


def _global(server: ModelServer, values: Mapping[str, str]) -> Element:
    root = Element("saved-mv-configuration", {"server": server.name.upper(), "export-date": iso(server.world.clock.now)})
    data = SubElement(root, "mv-data")
    _add(data, {"format-version": "1", "version": len(server.name)})
    state = {"Microsoft.Synchronize.ServerConfigurationVersion": server.configuration_version, "Microsoft.SystemInformation.MachineRole": server.name}
    _parameters(data, "SynchronizationGlobal", {**server.settings, **state, **values})
    return root


def _rule(server: ModelServer, name: str, rule: Mapping[str, Any]) -> Element:
    root, connector = Element("synchronizationRule"), server.entra_connector if rule["connector"] == "entra" else "contoso.local"
    own = "{" + _id(server, name) + "}"
    _add(root, {"id": own, "internal-id": own, "version": "1", "name": name, "description": ""})
    if rule["tag"]:
        _add(root, {"immutable-tag": rule["tag"]})
    what = {"sourceObjectType": rule["from"], "targetObjectType": rule["to"], "linkType": rule["link"], "precedence": rule["precedence"]}
    about = {"direction": rule["direction"], "disabled": rule.get("disabled", False), "connector": "{" + server.connector_id(connector) + "}"}
    _add(root, {**about, **what, "softDeleteExpiryInterval": "00:00:00", "EnablePasswordSync": "false"})
    flows = [
        {"dest": to, **({"expression": how[1:]} if how.startswith("=") else {"src": {"attr": how}}), "valueMergeType": "Update"}
        for to, how in rule["flows"].items()
    ]
    _add(root, {"attribute-mappings": {"mapping": flows}})
    joins = [{"condition": [dict(zip(("csAttribute", "ilmAttribute"), each.split(), strict=True))]} for each in rule["join"]]
    parts = ("csAttribute", "csOperator", "csValue")
    scopes = [{"scope": [dict(zip(parts, each.split(" ", 2), strict=False)) for each in group]} for group in rule["scope"]]
    _add(root, {"relationshipCriteria": {"conditions": joins}, "synchronizationCriteria": {"conditions": scopes}})
    return root
