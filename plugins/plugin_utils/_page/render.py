# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A result file, or a comparison of settings, as one page of HTML that opens offline: no script, no font, no picture from anywhere.

Internal to the collection: no promise of stability between releases.

Names and messages come from servers and from people: every value is escaped by Jinja2, and the page's own policy forbids whatever would be loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from .sections import page_of
from .settings import comparison_page

_HERE = Path(__file__).parent


def render(result: Mapping[str, Any]) -> str:
    """The page of one result file, whatever of it is there."""
    return _template().render(page=page_of(result), style=_style())


def render_comparison(told: Mapping[str, Any]) -> str:
    """The page of one comparison of settings, as ``adsync_config_diff`` tells it."""
    return _template().render(page=comparison_page(told), style=_style())


@cache
def _template() -> Template:
    # a template of ours, made once; nothing of a result is ever taken for one
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string((_HERE / "report.html.j2").read_text(encoding="utf-8"))


@cache
def _style() -> Markup:
    return Markup((_HERE / "report.css").read_text(encoding="utf-8"))  # noqa: S704 - a file of ours
