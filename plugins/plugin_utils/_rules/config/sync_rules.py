# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Synchronisation rules of an export: what each is for, what it joins, what flows (adsync.md 7.3, B.5).

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from .leaves import Names, child_text, fields_of, plain_id, text_of
from .things import Field, Key, Thing

STANDARD = "Microsoft."
_KINDS = {"disabled": "rule_state", "precedence": "rule_precedence", "description": "rule_text", "name": "rule_text"}
_LINK = ("linkType", "sourceObjectType", "targetObjectType", "direction")
_APART = ("connector", "immutable-tag", "attribute-mappings", "relationshipCriteria", "synchronizationCriteria")


def rule(element: Element, connectors: dict[str, str], names: Names) -> tuple[Key, Thing]:
    """Key and thing of one rule; a standard rule is known by its tag without the version, another one by its name."""
    name, tag, direction = child_text(element, "name"), child_text(element, "immutable-tag"), child_text(element, "direction")
    connector_id = child_text(element, "connector")
    connector = connectors.get(plain_id(connector_id), connector_id)
    standard = tag.startswith(STANDARD)
    agnostic, _dot, version = tag.rpartition(".")
    fields = {
        path: Field(_KINDS.get(path, "rule_link" if path in _LINK else "rule_other"), values)
        for path, values in fields_of(element, "rule", names, _APART).items()
    }
    if standard:
        fields.pop("precedence", None)  # numbered anew by every installation; their order among themselves is the product's
    elif tag:
        fields["immutable-tag"] = Field("rule_text", (tag,))
    fields |= _criteria(element, "synchronizationCriteria", "scope filter", "rule_scope", names)
    fields |= _criteria(element, "relationshipCriteria", "join condition", "rule_join", names)
    fields |= _flows(element, names)
    key = ("connector", connector, "rule", direction, agnostic if standard else name)
    return key, Thing(f"{name} ({connector}, {direction.lower()})", "rule", fields, standard, version if standard else "")


def _criteria(element: Element, tag: str, title: str, kind: str, names: Names) -> dict[str, Field]:
    """Groups of conditions: one group has to hold, in it all conditions. The order means nothing."""
    groups = sorted(" and ".join(sorted(_condition(each, names) for each in group)) for group in element.findall(f"{tag}/conditions"))
    return {title: Field(kind, tuple(groups))} if groups else {}


def _condition(element: Element, names: Names) -> str:
    values = {child.tag: names.resolve(text_of(child)) for child in element}
    if "csOperator" in values:
        told = f"{values.pop('csAttribute', '')} {values.pop('csOperator')} {values.pop('csValue', '')}"
    else:
        told = f"{values.pop('csAttribute', '')} = {values.pop('ilmAttribute', '')}"
    rest = ", ".join(f"{key} {value}" for key, value in sorted(values.items()) if value)
    return f"{told.strip()} ({rest})" if rest else told.strip()


def _flows(element: Element, names: Names) -> dict[str, Field]:
    """One field for each attribute that gets a value."""
    found: dict[str, list[str]] = {}
    for mapping in element.findall("attribute-mappings/mapping"):
        sources = ", ".join(sorted(text_of(each) for each in mapping.findall("src/attr")))
        expression = names.resolve(child_text(mapping, "expression"))
        known = {"dest", "src", "expression"}
        rest = [f"{child.tag} {names.resolve(text_of(child))}" for child in mapping if child.tag not in known and text_of(child)]
        value = child_text(mapping, "src") and f"constant {names.resolve(child_text(mapping, 'src'))}"
        told = ", ".join(each for each in (expression or sources or value, *sorted(rest)) if each)
        found.setdefault(f"flow to {child_text(mapping, 'dest')}", []).append(told)
    return {title: Field("rule_flow", tuple(sorted(values))) for title, values in found.items()}
