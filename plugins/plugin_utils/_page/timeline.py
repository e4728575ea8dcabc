# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who was active when, as a table and as bars, with the time in which nobody was.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .._rules.history_cycles import moment
from .parts import Values, mapping, rows, section, table

LEFT, WIDTH, HEIGHT = 200, 800, 30  # units of the picture: names, bars, one line


def timeline_section(result: Mapping[str, Any]) -> Values | None:
    """By the run histories and journals of all servers, as ``adsync_history_info`` tells them."""
    told = mapping(result.get("timeline"))
    if not told:
        return None
    spans = rows(told.get("spans"))
    lines = [(each.get("server"), each.get("start"), each.get("end"), each.get("ended_by") or "", each.get("exporting_cycles")) for each in spans]
    gaps = [(each.get("after"), each.get("before") or "still nobody", each.get("longest"), each.get("text")) for each in rows(told.get("gaps"))]
    overlaps = [
        (
            ", ".join(str(one.get("server")) for one in rows(each.get("spans"))),
            each.get("start"),
            each.get("end"),
            each.get("seconds"),
            each.get("proved"),
        )
        for each in rows(told.get("overlaps"))
    ]
    return section(
        "timeline",
        "Who was active",
        [str(each) for each in told.get("text") or []][:1] or [f"Not known: {told.get('reason') or 'it was not read'}."],
        [
            table("Servers that exported", ("server", "first proof", "last proof", "not active by", "cycles with exports"), lines),
            table("Nobody was active", ("after", "before", "seconds at most", "in words"), gaps),
            table("Two were active", ("servers", "from", "to", "seconds", "proved"), overlaps),
        ],
        bars=_bars(spans, str(told.get("covered_from") or ""), str(told.get("until") or "")),
    )


def _bars(spans: Sequence[Mapping[str, Any]], begin: str, end: str) -> Values | None:
    first, last = moment(begin), moment(end)
    if first is None or last is None or last <= first or not spans:
        return None
    names = sorted({str(each.get("server")) for each in spans})
    made = []
    for number, name in enumerate(names):
        parts = []
        for each in (one for one in spans if str(one.get("server")) == name):
            start, stop = moment(str(each.get("start"))), moment(str(each.get("end")))
            if start is not None and stop is not None:
                left, right = (min(1.0, max(0.0, (at - first) / (last - first))) for at in (start, stop))
                x, width = round(LEFT + left * WIDTH, 1), round(max(2.0, (right - left) * WIDTH), 1)
                parts.append({"x": x, "width": width, "label": f"{name} {each.get('start')} to {each.get('end')}"})
        made.append({"server": name, "y": number * HEIGHT + 5, "parts": parts})
    label = f"Who was active from {begin} to {end}; the table below says the same"
    return {"label": label, "height": len(names) * HEIGHT + 10, "rows": made}
