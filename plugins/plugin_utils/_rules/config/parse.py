# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read the files of an export (adsync.md 7.3: connectors, global settings, rules) into things that can be compared.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element

from . import connectors, sync_rules, wizard
from .leaves import Names, child_text, fields_of, plain_id, text_of
from .tables import is_left_out, kind_of
from .things import Export, Field, Key, Thing
from .xml import Unreadable, parse

VERSION = "Microsoft.Synchronize.ServerConfigurationVersion"
STAGING = "Microsoft.Synchronize.StagingMode"


def read_export(name: str, files: Mapping[str, bytes]) -> Export:
    """The export whose files these are.

    Args:
        name: what messages call it.
        files: path below the export's folder -> content.

    Raises:
        Unreadable: a file cannot be read, or the whole is no export; the text is one sentence.
    """
    documents = {path: parse(data, path) for path, data in sorted(files.items()) if path.lower().endswith(".xml")}
    data = [each for root in documents.values() for each in _parts(root, "ma-data")]
    settings = [root for root in documents.values() if _parts(root, "mv-data")]
    rules = [root for root in documents.values() if root.tag == "synchronizationRule"]
    for found, what in ((data, "connector"), (settings, "global settings"), (rules, "synchronization rule")):
        if not found:
            raise Unreadable(f"{name} is no whole export of Get-ADSyncServerConfiguration: it has no {what}")
    for path, root in documents.items():
        if root.tag != "synchronizationRule" and not _parts(root, "ma-data") and not _parts(root, "mv-data"):
            raise Unreadable(f"{path} is no part of an export that is known: it begins with <{root.tag}>")
    by_id = {plain_id(child_text(each, "id")): child_text(each, "name") for each in data}
    names = Names({key: text for each in data for key, text in connectors.ids(each).items()})
    things: dict[Key, Thing] = {}
    for each in data:
        _add(things, connectors.connector(each, names))
    _add(things, (sync_rules.rule(each, by_id, names) for each in sorted(rules, key=_order)))
    things[("server",)] = _global(settings, names)
    file, thing = wizard.read({path: data for path, data in files.items() if path.lower().endswith(".json")}, names)
    if thing is not None:
        things[("wizard",)] = thing
    computer = next((root.get("server", "") for root in settings if root.get("server")), "")
    active = {"False": True, "True": False}.get(_setting(settings, STAGING))
    return Export(name, _setting(settings, VERSION), computer, things, file, active)


def _parts(root: Element, tag: str) -> list[Element]:
    return [root] if root.tag == tag else root.findall(tag)


def _order(rule: Element) -> tuple[str, int, str]:
    precedence = child_text(rule, "precedence")
    return child_text(rule, "name"), int(precedence) if precedence.isdigit() else 0, child_text(rule, "id")


def _add(things: dict[Key, Thing], found: Iterable[tuple[Key, Thing]]) -> None:
    """Names are not forced to be single; those of one name are numbered."""
    for key, thing in found:
        number, free = 1, key
        while free in things:
            number += 1
            free = (*key[:-1], f"{key[-1]} #{number}")
        things[free] = thing


def _global(settings: list[Element], names: Names) -> Thing:
    fields: dict[str, Field] = {}
    for root in settings:
        for data in _parts(root, "mv-data"):
            for path, values in fields_of(data, "global", names, ("schema",)).items():
                short = path.removeprefix("parameter-values/")
                if not is_left_out("global", short):
                    fields[_title(short)] = Field(kind_of("global", short), values)
            schema = sorted(child_text(each, "name") for tag in ("class", "attribute-type") for each in data.iter(tag))
            if schema:
                fields["metaverse schema"] = Field("schema", tuple(schema))
    return Thing("global settings", "setting", fields)


def _title(path: str) -> str:
    return path[len("parameter[") : -1] if path.startswith("parameter[") and path.endswith("]") else path


def _setting(settings: list[Element], name: str) -> str:
    for root in settings:
        for each in root.iter("parameter"):
            if each.get("name") == name:
                return text_of(each)
    return ""
