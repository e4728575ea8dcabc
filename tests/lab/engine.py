# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands behind the protocol: an engine that answers functions, and the two errors of PowerShell that the lab speaks itself."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Protocol

# Called at every call: phase "before" or "after", function, parameters. A PipelineError that it raises is the call's error.
Hook = Callable[[str, str, dict[str, Any]], None]


class PipelineError(Exception):
    """Ends a pipeline with a terminating error.

    Args:
        identifier: its FullyQualifiedErrorId, sent as it is.
        message: its text.
        category: name of a System.Management.Automation.ErrorCategory.
        kind: .NET type of its exception.
        target: its TargetObject, a text.
    """

    def __init__(
        self,
        identifier: str,
        message: str,
        category: str = "InvalidOperation",
        kind: str = "System.InvalidOperationException",
        target: str | None = None,
    ) -> None:
        self.identifier, self.message, self.category, self.kind, self.target = identifier, message, category, kind, target
        super().__init__(f"{identifier}: {message}")


class Engine(Protocol):
    """What answers functions: the Python twins of our functions, on the model."""

    def knows(self, name: str) -> bool:
        """Whether there is a function of this name."""

    def invoke(self, name: str, parameters: dict[str, Any]) -> Any:
        """Run one, in a thread of its own; may block.

        Returns:
            Plain Python: a dict is sent as a [pscustomobject], a list as its items one after the other, None as no output at all.

        Raises:
            PipelineError: the function ends with this error.
        """


@dataclass(frozen=True)
class PipelineCommand:
    """The command of a pipeline: a function's name or a script's text, and plain parameters.

    ``local`` is true for a script that runs in a scope of its own, whose functions end with it.
    """

    text: str
    parameters: dict[str, Any]
    is_script: bool = False
    local: bool = False


_STOP: ContextVar[threading.Event | None] = ContextVar("lab_pipeline_stop", default=None)


def stop_asked() -> threading.Event:
    """Inside `Engine.invoke`: is set once the client stops this pipeline, or its shell ends. Elsewhere: one that is never set."""
    return _STOP.get() or threading.Event()


def begin_pipeline(stop: threading.Event) -> None:
    """For the thread of a pipeline: this is what `stop_asked` gives in it."""
    _STOP.set(stop)


def command_not_found(name: str) -> PipelineError:
    """PowerShell's error for a name that it does not know."""
    text = (
        f"The term '{name}' is not recognized as the name of a cmdlet, function, script file, or operable program. "
        "Check the spelling of the name, or if a path was included, verify that the path is correct and try again."
    )
    kind = "System.Management.Automation.CommandNotFoundException"
    return PipelineError("CommandNotFoundException", text, "ObjectNotFound", kind, name)


def scripts_not_allowed() -> PipelineError:
    """PowerShell's error for script text in a session without language."""
    text = "The syntax is not supported by this runspace. This can occur if the runspace is in no-language mode."
    return PipelineError("ScriptsNotAllowed", text, "ParserError", "System.Management.Automation.ParseException")


def not_implemented(text: str) -> PipelineError:
    """The lab cannot do what a server could."""
    return PipelineError("NotImplemented", text, "NotImplemented", "System.NotImplementedException")
