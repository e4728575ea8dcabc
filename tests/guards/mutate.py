# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The text of a file without one of its checks; all else stays as it is, so that a test that fails now fails by that check alone."""

from __future__ import annotations

import ast

from .sites import ROOT, Site, offsets

NOTHING = {".py": "pass", ".ps1": "$null = 0"}


def without(site: Site) -> str:
    """The file's text with the check taken out.

    A statement (``raise Stop(...)``, ``refusals.append(Refusal(...))``, ``New-Refusal ...``) does nothing then; a list made of refusals is empty;
    a gate passes.

    Raises:
        ValueError: the check stands in a form that is not known here.
    """
    text = (ROOT / site.path).read_text(encoding="utf-8")
    start, end, instead = (site.start, site.end, NOTHING[".ps1"]) if site.server else _in_python(text, site)
    return text[:start] + instead + text[end:]


def _in_python(text: str, site: Site) -> tuple[int, int, str]:
    if site.at.endswith(".GATE"):
        return site.start, site.end, 'return [], [], "taken out"'
    tree = ast.parse(text)
    parents = {id(child): node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    node = next(each for each in ast.walk(tree) if isinstance(each, ast.Call) and offsets(text, each) == (site.start, site.end))
    above: ast.AST = node
    while id(above) in parents:
        above = parents[id(above)]
        if isinstance(above, ast.List | ast.ListComp):
            return (*offsets(text, above), "[]")
        if isinstance(above, ast.Raise | ast.Expr):
            return (*offsets(text, above), NOTHING[".py"])
        if isinstance(above, ast.stmt):
            break
    raise ValueError(f"{site.path}:{site.line}: a check of a form that cannot be taken out; write it as a statement or in a list")
