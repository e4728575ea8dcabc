# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Comparisons as one HTML page that opens offline: no script, no style from elsewhere, headings and tables that a screen reader can walk.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from .tables import groups
from .text import WORDS

_STYLE = (
    "body{font:16px/1.5 sans-serif;margin:2rem;color:#1a1a1a;background:#fff}table{border-collapse:collapse;width:100%;margin:1rem 0}"
    "th,td{border:1px solid #767676;padding:.4rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}caption{text-align:left;font-weight:bold}"
    "th{background:#eee}ul{margin:0;padding-left:1.2rem}"
)


def page(found: Sequence[dict[str, Any]], taken_at: str) -> str:
    """The page for these comparisons; every value is escaped."""
    body = "".join(_section(each) for each in found)
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>Comparison of settings</title><style>{_STYLE}</style></head><body><main><h1>Comparison of settings</h1>"
        f"<p>Made at {escape(taken_at)}.</p>{body}</main></body></html>\n"
    )


def _section(found: dict[str, Any]) -> str:
    one, two = found["reference"], found["other"]
    sides = "".join(
        f'<tr><th scope="row">{escape(side["name"])}</th>'
        f"<td>{escape(side['version'] or 'unknown')}</td><td>{escape(side['computer'] or 'unknown')}</td>"
        f"<td>{escape(side['wizard_file'] or 'none')}</td></tr>"
        for side in (one, two)
    )
    head = (
        f"<section><h2>{escape(two['name'])} against {escape(one['name'])}</h2><table><caption>What was compared</caption><thead><tr>"
        '<th scope="col">Server</th><th scope="col">Version</th><th scope="col">Computer</th><th scope="col">Wizard file</th>'
        f"</tr></thead><tbody>{sides}</tbody></table>"
    )
    if not found["differences"]:
        return f"{head}<p>The settings are equal.</p></section>"
    return head + "".join(_group(found, group) for group in groups()) + "</section>"


def _group(found: dict[str, Any], group: str) -> str:
    rows = [each for each in found["differences"] if each["group"] == group]
    if not rows:
        return ""
    one, two = escape(found["reference"]["name"]), escape(found["other"]["name"])
    told = "".join(
        f'<tr><th scope="row">{escape(each["title"])}</th><td>{escape(each["field"] or "the whole")}</td><td>{_list(each["reference"])}</td>'
        f"<td>{_list(each['other'])}</td><td>{escape(each['verdict'])}: {escape(WORDS[each['verdict']])}; {escape(each['why'])}</td></tr>"
        for each in rows
    )
    return (
        f"<h3>{escape(group.replace('_', ' ').capitalize())}</h3><table><caption>{len(rows)} differences</caption><thead><tr>"
        f'<th scope="col">What</th><th scope="col">Property</th><th scope="col">Only {one}</th><th scope="col">Only {two}</th>'
        f'<th scope="col">Verdict</th></tr></thead><tbody>{told}</tbody></table>'
    )


def _list(values: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(value)}</li>' for value in values)}</ul>" if values else "nothing"
