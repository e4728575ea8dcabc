# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Guards taken out of the product's rules, table and functions: the counter-example is found again, or another guard covers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.codes import codes
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.switch_table import rows

from .configurations import scope
from .controller import Without
from .search import Search
from .without import functions

NEAR = 2  # steps that the shortest way may be longer or shorter than the one that is known
LIMIT = 400_000


@dataclass
class Ablation:
    """What a search without some guards came to. ``wanted``: steps of the known way, 0 where there is to be none."""

    name: str
    wanted: int
    covered_by: str
    trace: list[str]
    complete: bool

    @property
    def as_said(self) -> bool:
        """Whether it came out as `ablations.yml` says."""
        return abs(len(self.trace) - self.wanted) <= NEAR if self.wanted else not self.trace and self.complete

    def line(self) -> str:
        """As it is printed."""
        found = f"violated in {len(self.trace)} steps" if self.trace else f"holds: {self.covered_by}"
        known = f" (known: {self.wanted})" if self.wanted else ""
        return f"{'' if self.as_said else 'NOT AS SAID '}- {self.name}: {found}{known}"


@lru_cache(maxsize=1)
def table() -> dict[str, Any]:
    """`ablations.yml`. Raises `ValueError` where it takes out what there is not."""
    found: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "ablations.yml").read_text(encoding="utf-8"))
    actions = {row.action for row in rows()}
    for each in found["ablations"]:
        out = each["without"]
        unknown = set(out.get("rows", ())) - actions | set(out.get("codes", ())) - set(codes())
        if unknown:
            raise ValueError(f"{each['name']}: there is no {', '.join(sorted(unknown))}")
    return found


def run(values: Mapping[str, Any]) -> Ablation:
    """Search without the guards that an entry names, until the first violation."""
    out = {key: frozenset(value) for key, value in values["without"].items()}
    checks = out.pop("checks", frozenset())
    twins = functions(checks) if checks else None
    # a counter-example without the hold is one of the procedure without it
    merged = {"merged": [*table()["merged"], *values.get("merged", ())]}
    made = Search(scope({"events": [], "budgets": {}, **values, **merged}, Without(**out), twins))
    found = made.go(LIMIT)
    return Ablation(values["name"], values.get("steps", 0), values.get("covered_by", ""), found.trace, found.complete)
