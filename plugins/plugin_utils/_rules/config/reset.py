# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Standard rules that an upgrade resets, before and after it (adsync.md 6.2, B.5).

Internal to the collection: no promise of stability between releases.

An export does not say whether a standard rule was changed: its tag stays. What tells it is another server with the same version of that rule and
other content: one of the two was changed then, and which one, nobody can tell from exports. Where both were changed alike, nothing tells it before
the upgrade; afterwards the comparison with the export that was taken before it shows what became of each rule.
"""

from __future__ import annotations

from .compare import compare
from .things import Export

KNOWN = (
    "An export does not say whether a standard rule was changed; listed are those that differ between servers while their version is the same. "
    "A change that all servers have alike shows only after the upgrade, in the comparison with the export before it."
)
STANDARD_KINDS = ("rule_link", "rule_scope", "rule_join", "rule_flow", "rule_other", "rule_text")


def at_risk(exports: list[Export]) -> list[str]:
    """Titles of the standard rules that one of these servers has changed, as far as their exports tell.

    A rule that is only disabled stays disabled over an upgrade and is not meant.
    """
    found: set[str] = set()
    for position, one in enumerate(exports):
        standard = {rule.title for rule in one.rules.values() if rule.standard}
        for other in exports[position + 1 :]:
            found |= {each.title for each in compare(one, other) if each.kind in STANDARD_KINDS and each.title in standard}
    return sorted(found)


def became(before: Export, after: Export) -> list[dict[str, str]]:
    """What an upgrade made of the rules of one server: ``rule``, ``what`` (reset, new_version, changed, added, removed) and the ``field``."""
    rules = {rule.title: rule for rule in before.rules.values()}
    found = []
    for each in compare(before, after):
        if each.group != "rules":
            continue
        standard = each.title in rules and rules[each.title].standard
        if not each.field:
            what = "added" if each.other else "removed"
        elif each.kind == "rule_version":
            what = "new_version"
        else:
            what = "reset" if standard and each.kind != "rule_state" else "changed"
        found.append({"rule": each.title, "what": what, "field": each.field})
    return found
