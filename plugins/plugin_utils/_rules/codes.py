# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of codes: what each means in one plain sentence, and what to do next.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from .refusals import Refusal
from .tables import read_table


class _Missing(dict[str, Any]):
    """A value that a sentence names and nobody gave reads as ``unknown``, so that telling a problem never becomes one."""

    def __missing__(self, key: str) -> str:
        return "unknown"


def explain(code: str, server: str, params: Mapping[str, Any]) -> tuple[str, str]:
    """The sentence and the next step for a code; an unknown code is told as it is, with what is known."""
    entry = codes().get(code)
    detail = str(params.get("detail") or "")
    if detail.endswith(".") and not detail.endswith(".."):  # Windows ends its sentences itself
        params = {**params, "detail": (detail := detail[:-1])}
    values = _Missing({**params, "server": server or "the topology"})
    if entry is None:
        return f"{values['server']}: {code}: {params.get('detail', '')}.", "Run the playbook hybrid_identity.entra_connect.status."
    text = entry["text"].format_map(values)
    if detail and "{detail}" not in entry["text"]:
        text = f"{text.rstrip('.')} ({detail})."
    return text, entry["next"].format_map(values)


def told(refusal: Refusal) -> dict[str, str]:
    """A refusal as a return value: ``code``, ``server``, ``text`` and ``next``."""
    text, step = explain(refusal.code, refusal.server, refusal.params)
    return {"code": refusal.code, "server": refusal.server, "text": text, "next": step}


@lru_cache(maxsize=1)
def codes() -> dict[str, dict[str, str]]:
    """Code -> ``text`` and ``next``, both templates: those of ``codes.yml``, and each gate's own."""
    from .gates import GATES  # they rest on rules that explain codes

    return {**read_table(__file__, "codes.yml"), **{code: vars(said) for gate in GATES for code, said in gate.codes.items()}}
