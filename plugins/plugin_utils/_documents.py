# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The two JSON documents that a session without PSRP exchanges with ``powershell/Bootstrap.ps1``.

Internal to the collection: no promise of stability between releases.

Both are pure ASCII, so that no code page, byte order mark or console encoding between here and there can change them.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

BEGIN, END = "<entra_connect>", "</entra_connect>"
_SIZE = "0000000000"
# a line break before the first mark is sent as well, since what stood on the output before may have none
_BLOCK = re.compile(rf"^{BEGIN}\r?\n([^\r\n]*)\r?\n{END}\r?$", re.M)

Call = tuple[str, Mapping[str, Any]]


class NoDocument(ValueError):
    """The output holds no whole document: what was asked may or may not have been done."""


@dataclass(frozen=True)
class Answer:
    """What one call gave: its output objects, or id and text of its first error record."""

    output: list[Any] = field(default_factory=list)
    error: tuple[str, str] | None = None


@dataclass(frozen=True)
class Answers:
    """What came back.

    Attributes:
        answers: one per call that was run, in order; only the last can be an error.
        left: functions that were not called after that.
        mode: the language mode where it does not allow our functions; nothing was called.
        module: the installed version of our module where its major number is another one than was asked for; nothing was called.
        problem: why nothing was called, where something else was in the way.
    """

    answers: list[Answer] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    mode: str = ""
    module: str = ""
    problem: str = ""


def question(code: str, calls: Iterable[Call], major: str = "") -> bytes:
    """The document that asks for these calls; ``code`` defines the functions and runs them.

    With ``major`` nothing is called where our module is installed with another major number.
    Its own length stands in it, since a piece of the input that is sent again after an error must not change a value unseen.
    """
    packed = base64.b64encode(gzip.compress(code.encode(), mtime=0)).decode()
    asked = [{"function": name, "parameters": [{"name": key, "value": _packed(each)} for key, each in values.items()]} for name, values in calls]
    text = json.dumps({"size": _SIZE, "code": packed, "major": major, "calls": asked}, separators=(",", ":"))
    return text.replace(_SIZE, f"{len(text):010d}", 1).encode("ascii")


def _packed(value: Any) -> Any:
    """Texts as base64: .NET's JSON reader takes quadratic time over a text with many escapes, minutes for one megabyte."""
    if isinstance(value, list):
        return [_packed(each) for each in value]
    return base64.b64encode(value.encode()).decode() if isinstance(value, str) else value


def read(output: bytes) -> Answers:
    """The document in a process's output; whatever else stands there is passed over.

    Raises:
        NoDocument: there is none, or it is cut off.
    """
    found = _BLOCK.findall(output.decode("utf-8", "replace"))
    if not found:
        raise NoDocument("no document")
    try:
        told = json.loads(found[-1])
        if "answers" not in told:
            mode, module = str(told.get("mode", "")), str(told.get("module", ""))
            return Answers(mode=mode, module=module, problem="" if mode or module else str(told["problem"]))
        if found[-1].rfind(',"size":') != told["size"]:
            raise NoDocument("a document that lacks a part")  # pywinrm passes over an answer in the middle that is no WSMan
        return Answers([_answer(each) for each in told["answers"]], [str(each) for each in told["left"]])
    except NoDocument:
        raise
    except (ValueError, TypeError, KeyError, AttributeError):
        raise NoDocument("a document that is not as it should be") from None


def _answer(told: Mapping[str, Any]) -> Answer:
    if "error" in told:
        return Answer(error=(str(told["error"] or ""), str(told["message"] or "")))
    if not isinstance(told["ok"], list):
        raise TypeError
    return Answer(told["ok"])
