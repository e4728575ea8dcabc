# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The text of our PowerShell functions, and which of them a call needs.

Internal to the collection: no promise of stability between releases.

The text is constant: it is read from the files of this collection and never built from values (design, section 4).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "powershell"
_HELP = re.compile(r"<#.*?#>", re.S)
_COMMENT = re.compile(r"(^\s*| {2,})#.*$")  # a line of its own, or behind code by two spaces or more, as in all our files
# Ends each text that defines functions: under a constrained language they would be there and fail in the middle.
LANGUAGE_MODE = "$ExecutionContext.SessionState.LanguageMode.ToString()"


@cache
def texts() -> dict[str, str]:
    """Name of each function -> its text without help, comments and indentation, which only cost bytes on the way."""
    files = sorted([*FOLDER.glob("Public/*.ps1"), *FOLDER.glob("Private/*.ps1")])
    return {path.stem: _shorten(path.read_text(encoding="utf-8")) for path in files}


def _shorten(text: str) -> str:
    lines = (_COMMENT.sub("", line).strip() for line in _HELP.sub("", text).splitlines())
    return "\n".join(line for line in lines if line)


@cache
def needed_by(function: str) -> frozenset[str]:
    """The function and all of ours that its text names, directly or through others.

    Raises:
        KeyError: there is no function of that name.
    """
    known = texts()
    found: set[str] = set()
    waiting = [function]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        words = set(re.findall(r"[A-Za-z]+-[A-Za-z0-9]+", known[name]))
        waiting.extend(words & known.keys() - found)
    return frozenset(found)


def script_for(functions: Iterable[str]) -> str:
    """One script that defines these functions for the whole session and puts out the language mode."""
    return "\n".join([*(texts()[name] for name in sorted(functions)), LANGUAGE_MODE])


@cache
def bootstrap() -> str:
    """The constant script that reads a document from standard input, as it is sent; see ``powershell/Bootstrap.ps1``."""
    return _shorten((FOLDER / "Bootstrap.ps1").read_text(encoding="utf-8"))


def code_for(functions: Iterable[str]) -> str:
    """The text of these functions and, after it, what runs a document's calls; see ``powershell/Calls.ps1``."""
    wanted = {*functions, *needed_by("Get-InstalledFolder")}
    return "\n".join([*(texts()[name] for name in sorted(wanted)), _shorten((FOLDER / "Calls.ps1").read_text(encoding="utf-8"))])
