# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Changes of an export's files, one of every kind, and which differences each must make. The same on a real export and on a simulated server's."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

from tests import needs
from tests.lab.model import configuration
from tests.lab.model.clock import Clock
from tests.lab.model.world import World

Documents = dict[str, Element]
RULES, CONNECTORS = "SynchronizationRules/", "Connectors/"


def real_files() -> dict[str, bytes]:
    """Those of the real export."""
    root = needs.real_export()
    assert root is not None
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(Path(root).rglob("*.xml"))}


def without_schema(files: dict[str, bytes]) -> dict[str, bytes]:
    """The same without the schemas of connectors, most of a real export, which no change below touches."""

    def change(documents: Documents) -> None:
        for path, element in documents.items():
            if path.startswith(CONNECTORS) and element.find("schema") is not None:
                element.remove(one(element, "schema"))

    return edited(files, change)


def simulated_files(server: str = "srv1") -> dict[str, bytes]:
    """Those of a server of the simulated world; its servers differ in what servers differ in anyway."""
    world = World(Clock(0.0), {"srv1": "2.5.79.0", "srv2": "2.5.79.0"})
    return {path: text.encode() for path, text in configuration.files(world.servers[server]).items()}


def rule(documents: Documents, has: str) -> Element:
    """A rule of an AD connector that has such a part, the same one each time."""
    ad = one(connector(documents), "id").text or ""
    found = [each for path, each in sorted(documents.items()) if path.startswith(RULES) and each.find(has) is not None]
    return next(each for each in found if (one(each, "connector").text or "").lower() == ad.lower() and one(each, "direction").text == "Inbound")


def connector(documents: Documents, category: str = "AD") -> Element:
    """The connector of that kind."""
    return next(each for path, each in documents.items() if path.startswith(CONNECTORS) and one(each, "category").text == category)


def one(element: Element, path: str) -> Element:
    """The part of that path, which is there."""
    found = element.find(path)
    assert found is not None, path
    return found


def setting(documents: Documents, name: str) -> Element:
    """A global setting."""
    return next(each for each in documents["GlobalSettings/MV.xml"].iter("parameter") if each.get("name") == name)


def path_of(documents: Documents, element: Element) -> str:
    """The file whose root that is."""
    return next(path for path, each in documents.items() if each is element)


def edited(files: dict[str, bytes], *changes: Callable[[Documents], None]) -> dict[str, bytes]:
    """The files after these changes."""
    documents = {path: fromstring(data) for path, data in files.items()}
    for change in changes:
        change(documents)
    kept = {path: tostring(element) for path, element in documents.items()}
    same = {path for path, data in files.items() if path in kept and kept[path] == tostring(fromstring(data))}
    return {path: files[path] if path in same else data for path, data in kept.items()}


def _text(what: Callable[[Documents], Element], text: str) -> Callable[[Documents], None]:
    def change(documents: Documents) -> None:
        assert what(documents).text != text
        what(documents).text = text

    return change


def _more(what: Callable[[Documents], Element], tag: str, text: str) -> Callable[[Documents], None]:
    def change(documents: Documents) -> None:
        SubElement(what(documents), tag).text = text

    return change


def _less(what: Callable[[Documents], Element], tag: str) -> Callable[[Documents], None]:
    return lambda documents: what(documents).remove(one(what(documents), tag))


def custom(documents: Documents) -> None:
    """A rule of somebody's own, in the place of a standard one."""
    found = rule(documents, "attribute-mappings/mapping")
    tag = found.find("immutable-tag")
    if tag is not None:
        found.remove(tag)


def _add_rule(documents: Documents) -> None:
    made = copy.deepcopy(rule(documents, "attribute-mappings/mapping"))
    one(made, "name").text, one(made, "id").text = "In from AD - ours", "{11111111-2222-3333-4444-555555555555}"
    if made.find("immutable-tag") is not None:
        made.remove(one(made, "immutable-tag"))
    documents[f"{RULES}SynchronizationRule_{{11111111-2222-3333-4444-555555555555}}.xml"] = made


def _drop_rule(documents: Documents) -> None:
    del documents[path_of(documents, rule(documents, "attribute-mappings/mapping"))]


def _drop_connector(documents: Documents) -> None:
    """With its rules, as the product does."""
    gone = connector(documents)
    own = (one(gone, "id").text or "").lower()
    del documents[path_of(documents, gone)]
    for path in [path for path, each in documents.items() if (each.findtext("connector") or "").lower() == own]:
        del documents[path]


def _add_connector(documents: Documents) -> None:
    made = copy.deepcopy(connector(documents))
    one(made, "name").text, one(made, "id").text = "fabrikam.com", "{11111111-2222-3333-4444-555555555555}"
    documents[f"{CONNECTORS}Connector_{{11111111-2222-3333-4444-555555555555}}.xml"] = made


def _add_partition(documents: Documents) -> None:
    holder = one(connector(documents), "ma-partition-data")
    made = copy.deepcopy(one(holder, "partition"))
    one(made, "name").text, one(made, "id").text = "DC=child,DC=contoso,DC=com", "{11111111-2222-3333-4444-555555555555}"
    holder.append(made)


def _add_flow(documents: Documents) -> None:
    made = SubElement(one(rule(documents, "attribute-mappings/mapping"), "attribute-mappings"), "mapping")
    SubElement(made, "dest").text, SubElement(SubElement(made, "src"), "attr").text = "extensionAttribute15x", "info"


@dataclass(frozen=True)
class Seed:
    """A change, what it must be found as (kind and field; one difference and nothing else), and what both sides have first."""

    change: Callable[[Documents], None]
    kind: str
    field: str
    first: Callable[[Documents], None] = lambda documents: None


def _rule(part: str) -> Callable[[Documents], Element]:
    return lambda documents: one(rule(documents, part), part)


def _partition(part: str) -> Callable[[Documents], Element]:
    return lambda documents: one(connector(documents), f"ma-partition-data/partition/{part}")


def _connector(part: str) -> Callable[[Documents], Element]:
    return lambda documents: one(connector(documents), part)


SCOPE, JOIN = "synchronizationCriteria/conditions/scope", "relationshipCriteria/conditions/condition"
OPTION = "Microsoft.SynchronizationOption."
SEEDS = {
    "rule added": Seed(_add_rule, "rule", ""),
    "rule removed": Seed(_drop_rule, "rule", ""),
    "rule disabled": Seed(_text(_rule("disabled"), "True"), "rule_state", "disabled"),
    "precedence of a custom rule": Seed(_text(_rule("precedence"), "7"), "rule_precedence", "precedence", custom),
    "scope filter's value": Seed(_text(_rule(f"{SCOPE}/csValue"), "something else"), "rule_scope", "scope filter"),
    "scope filter's operator": Seed(_text(_rule(f"{SCOPE}/csOperator"), "ENDSWITH"), "rule_scope", "scope filter"),
    "scope condition removed": Seed(_less(_rule("synchronizationCriteria/conditions"), "scope"), "rule_scope", "scope filter"),
    "join": Seed(_text(_rule(f"{JOIN}/csAttribute"), "mail"), "rule_join", "join condition"),
    "flow's source": Seed(_text(_rule("attribute-mappings/mapping/expression"), "Trim([info])"), "rule_flow", "flow to "),
    "flow removed": Seed(_less(_rule("attribute-mappings"), "mapping"), "rule_flow", "flow to "),
    "flow added": Seed(_add_flow, "rule_flow", "flow to extensionAttribute15x"),
    "flow's merging": Seed(_text(_rule("attribute-mappings/mapping/valueMergeType"), "Merge"), "rule_flow", "flow to "),
    "link type": Seed(_text(_rule("linkType"), "StickyJoin"), "rule_link", "linkType"),
    "source object type": Seed(_text(_rule("sourceObjectType"), "computerX"), "rule_link", "sourceObjectType"),
    "password sync of a rule": Seed(_text(_rule("EnablePasswordSync"), "maybe"), "rule_other", "EnablePasswordSync"),
    "description of a rule": Seed(_text(_rule("description"), "ours"), "rule_text", "description"),
    "an unknown property of a rule": Seed(_more(lambda documents: rule(documents, "name"), "executeLater", "1"), "rule_other", "executeLater"),
    "OU included": Seed(_more(_partition("filter/containers/inclusions"), "inclusion", "OU=New"), "containers", "included containers"),
    "OU excluded": Seed(_more(_partition("filter/containers/exclusions"), "exclusion", "OU=New"), "containers", "excluded containers"),
    "OU no longer included": Seed(_less(_partition("filter/containers/inclusions"), "inclusion"), "containers", "included containers"),
    "partition deselected": Seed(_text(_partition("selected"), "0"), "partition", "selected"),
    "partition added": Seed(_add_partition, "partition", ""),
    "object type removed": Seed(_less(_partition("filter/object-classes"), "object-class"), "object_types", "object types"),
    "attribute deselected": Seed(_less(_connector("attribute-inclusion"), "attribute"), "attribute", "selected attributes"),
    "attribute selected": Seed(_more(_connector("attribute-inclusion"), "attribute", "info2"), "attribute", "selected attributes"),
    "run profile removed": Seed(_less(_connector("ma-run-data"), "run-configuration"), "run_profile", ""),
    "run profile's step": Seed(
        _text(_connector("ma-run-data/run-configuration/configuration/step/threshold/batch-size"), "7"), "run_profile", "step 1"
    ),
    "run profile's second step": Seed(_more(_connector("ma-run-data/run-configuration/configuration"), "step", ""), "run_profile", "step 2"),
    "feature": Seed(
        _text(lambda documents: setting(documents, "Microsoft.OptionalFeature.HybridExchange"), "Maybe"), "feature", "Microsoft.OptionalFeature."
    ),
    "global setting": Seed(
        _text(lambda documents: setting(documents, "Microsoft.Synchronize.TimeInterval"), "01:00:00"), "setting", "Microsoft.Synchronize.TimeInterval"
    ),
    "anchor": Seed(_text(lambda documents: setting(documents, f"{OPTION}AnchorAttribute"), "employeeID"), "anchor", f"{OPTION}AnchorAttribute"),
    "user principal name": Seed(_text(lambda documents: setting(documents, f"{OPTION}UPNAttribute"), "mail"), "anchor", f"{OPTION}UPNAttribute"),
    "connector removed": Seed(_drop_connector, "connector", ""),
    "connector added": Seed(_add_connector, "connector", ""),
    "connector's setting": Seed(_text(_connector("format-version"), "9"), "setting", "format-version"),
}


def _scramble(match: re.Match[str]) -> str:
    digits = match[0].lower().translate(str.maketrans("0123456789abcdef", "123456789abcdef0"))
    return digits.upper() if match[0].isupper() else digits


def another_server(files: dict[str, bytes]) -> dict[str, bytes]:
    """The same settings as another server would export them: other ids, accounts, times, versions of parts, role, precedences of standard rules."""

    def change(documents: Documents) -> None:
        for element in documents.values():
            for each in element.iter():
                if each.tag in (
                    "creation-time",
                    "last-modification-time",
                    "modified-timestamp",
                    "internal-version",
                    "water-mark",
                    "cookie",
                    "last-dc",
                ):
                    each.text = "other"
                if each.tag == "version" and each.text:
                    each.text = "4711"
                if each.get("name") in ("cookie", "last-dc", "password", "Password") and each.tag == "parameter":
                    each.text = "other secret"
        for path, element in documents.items():
            if path.startswith(RULES) and (element.findtext("immutable-tag") or "").startswith("Microsoft."):
                one(element, "precedence").text = str(int(one(element, "precedence").text or 0) + 3)
        mv = documents["GlobalSettings/MV.xml"]
        mv.set("server", "OTHER")
        mv.set("export-date", "2026-01-01")
        for name in ("StagingMode", "SynchronizationSchedule", "NextStartTime", "SchedulerSuspended", "SynchronizationPolicy"):
            for each in mv.iter("parameter"):
                if each.get("name") == f"Microsoft.Synchronize.{name}":
                    each.text = "other"

    own = set()
    for element in (fromstring(data) for data in files.values()):
        own |= {(each.text or "").strip("{}").lower() for each in element.iter() if each.tag in ("id", "internal-id")}
    own = {each for each in own if len(each) == 36} - {"b891884f-051e-4a83-95af-2544101c9083"}
    changed = {}
    for path, data in edited(files, change).items():
        text = data.decode()
        for each in own:
            text = re.sub(re.escape(each), _scramble, text, flags=re.I)
        text = re.sub(r"Sync_[A-Z0-9-]+_\w+@", "Sync_OTHER_0123456789ab@", text)
        changed[path] = re.sub(r"MSOL_[0-9a-f]{8,}", "MSOL_0123456789ab", text).encode()
    return changed
