# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was sent to a server: every request with its bytes, every call with its parameters and their types."""

from __future__ import annotations

import re
import threading
import time
from dataclasses import asdict, dataclass, field
from typing import Any

_SECRET = re.compile("passw|secret|credential", re.I)


@dataclass
class RequestRecord:
    """One HTTP request: bytes to the server and back, and the function of the pipeline it belongs to."""

    verb: str
    function: str | None
    received: int
    sent: int
    status: int
    fault: str | None
    connection: int


@dataclass
class CallRecord:
    """One call of a function; ``error`` is the id of the error it ended with, empty while it runs or when it ended well."""

    number: int
    function: str
    parameters: dict[str, Any]
    types: dict[str, str]
    started: float
    ended: float | None = None
    error: str = ""


@dataclass
class Recorder:
    """The requests and calls of one server, in order. Thread-safe."""

    requests: list[RequestRecord] = field(default_factory=list)
    calls: list[CallRecord] = field(default_factory=list)
    _changed: threading.Condition = field(default_factory=threading.Condition, repr=False)

    def request(self, record: RequestRecord) -> None:
        """Note a request that was answered, or broken off."""
        with self._changed:
            self.requests.append(record)

    def begin(self, function: str, parameters: dict[str, Any]) -> CallRecord:
        """Note that a call starts; values that look like secrets are not kept."""
        shown = {key: "***" if _SECRET.search(key) else value for key, value in parameters.items()}
        types = {key: type(value).__name__ for key, value in parameters.items()}
        with self._changed:
            call = CallRecord(len(self.calls) + 1, function, shown, types, time.monotonic())
            self.calls.append(call)
            self._changed.notify_all()
        return call

    def end(self, call: CallRecord, error: str = "") -> None:
        """Note that a call has ended."""
        with self._changed:
            call.ended, call.error = time.monotonic(), error
            self._changed.notify_all()

    def clear(self) -> None:
        """Forget everything."""
        with self._changed:
            self.requests.clear()
            self.calls.clear()

    def functions(self) -> list[str]:
        """Names of all calls, in order."""
        with self._changed:
            return [call.function for call in self.calls]

    def writing(self) -> list[str]:
        """Names of the calls that change something, in order; a renewed lease does not count."""
        return [name for name in self.functions() if not name.startswith("Get-") and name != "Update-EntraSyncLease"]

    def wait_for(self, function: str, timeout: float, count: int = 1) -> bool:
        """Until ``count`` calls of a function have ended without an error; false when the time ran out."""

        def there() -> bool:
            done = [call for call in self.calls if call.function == function and call.ended is not None and not call.error]
            return len(done) >= count

        with self._changed:
            return self._changed.wait_for(there, timeout)

    def as_dict(self) -> dict[str, Any]:
        """Everything as plain values."""
        with self._changed:
            return {"requests": [asdict(each) for each in self.requests], "calls": [asdict(each) for each in self.calls]}
