# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing of ours ships that no real engine has reached: every public function, and every code that a function can refuse with."""

from __future__ import annotations

import re
from typing import Any

from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils import _functions

from tests import needs
from tests.unit.sources import refusals_in

from . import engine
from .differential.generate import NOT_COMPARED
from .differential.session import Found
from .test_facilities import EXPECTED as FACILITIES
from .test_installation import EXPECTED as INSTALLATION

pytestmark = needs.ENGINE


def codes() -> set[str]:
    """Every code that a file of ours can refuse with."""
    return {code for path in _functions.FOLDER.glob("P*/*.ps1") for code in refusals_in(path.read_text(encoding="utf-8"))}


def reached(results: dict[str, dict[str, Any]], differential: Found) -> set[str]:
    """Codes that came back from the cases, the differential test and the facilities."""
    answers = [answer["error"] for result in results.values() for answer in result["answers"] if answer["error"]]
    facilities = [str(value).removeprefix("error ") for value in [*FACILITIES.values(), *INSTALLATION.values()] if str(value).startswith("error ")]
    found = {error.removeprefix("EntraConnect.").split(",")[0] for error in [*answers, *facilities] if error.startswith("EntraConnect.")}
    return found | differential.reached


def test_every_code_is_reached(results: dict[str, dict[str, Any]], differential: Found) -> None:
    """A refusal that nothing reaches may be wrong, or no longer possible."""
    assert codes() - reached(results, differential) == set()


def test_every_public_function_is_called_on_the_real_engine(results: dict[str, dict[str, Any]], differential: Found) -> None:
    """By the cases, by the differential test, or by the checks of the installation."""
    called = {answer["function"] for result in results.values() for answer in result["answers"]} | differential.reached
    calls = re.compile(r"^[^#]*?(?:\{|=|;|\|)\s*([A-Z]\w+-EntraSync\w+)", re.M)  # a name in a comment is no call
    called |= NOT_COMPARED.keys() & set(calls.findall((engine.HERE / "installation.ps1").read_text(encoding="utf-8")))
    assert {path.stem for path in (_functions.FOLDER / "Public").glob("*.ps1")} <= called
