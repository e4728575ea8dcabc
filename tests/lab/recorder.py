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
_HIDDEN = "***"


@dataclass
class RequestRecord:
    """One HTTP request.

    Attributes:
        verb: WSMan verb; empty where the envelope was not read (refused login).
        function: of the pipeline that the request belongs to; ``script`` for a script, None for none.
        received: bytes from the client, headers included; ``sent``: bytes to it.
        status: HTTP status; 0 while there is no answer, or where the fault left none.
        fault: the deed of the fault rule that hit it.
        connection: number of the TCP connection of this host.
        started: monotonic seconds.
    """

    host: str
    connection: int
    received: int
    verb: str = ""
    function: str | None = None
    sent: int = 0
    status: int = 0
    fault: str | None = None
    number: int = 0
    started: float = field(default_factory=time.monotonic)


@dataclass
class CallRecord:
    """One call of a function that this server has.

    Attributes:
        number: counts all calls of a recorder, from 1.
        parameters: by the names as sent; values of secrets are hidden. ``types``: names of their Python types.
        started: monotonic seconds; ``ended``: None while it runs.
        error: fully qualified id of the error that it ended with; empty while it runs or when it ended well. ``message``: its text.
        result: the answer, secrets hidden.
    """

    host: str
    function: str
    parameters: dict[str, Any]
    types: dict[str, str]
    number: int = 0
    started: float = field(default_factory=time.monotonic)
    ended: float | None = None
    error: str = ""
    message: str = ""
    result: Any = None

    @property
    def writes(self) -> bool:
        """Functions that are not named Get- or Read- may change something."""
        return not self.function.startswith(("Get-", "Read-"))


@dataclass(frozen=True)
class Mark:
    """A point in the record: how many requests and calls there were."""

    requests: int = 0
    calls: int = 0


START = Mark()


class Recorder:
    """The requests and calls of one server (or of several that share it), in order of their start. Thread-safe."""

    def __init__(self) -> None:
        self.requests: list[RequestRecord] = []
        self.calls: list[CallRecord] = []
        self.notes: list[str] = []
        self._changed = threading.Condition()

    # -- noting ---------------------------------------------------------------------------------------------------
    def request(self, record: RequestRecord) -> None:
        """Note a request; its status and bytes back are filled in when it is answered."""
        with self._changed:
            record.number = len(self.requests) + 1
            self.requests.append(record)
            self._changed.notify_all()

    def begin(self, function: str, parameters: dict[str, Any], host: str = "") -> CallRecord:
        """Note that a call starts."""
        types = {key: type(value).__name__ for key, value in parameters.items()}
        with self._changed:
            call = CallRecord(host, function, hidden(parameters), types, len(self.calls) + 1)
            self.calls.append(call)
            self._changed.notify_all()
        return call

    def end(self, call: CallRecord, error: str = "", message: str = "", result: Any = None) -> None:
        """Note that a call has ended."""
        with self._changed:
            call.ended, call.error, call.message, call.result = time.monotonic(), error, message, hidden(result)
            self._changed.notify_all()

    def note(self, text: str) -> None:
        """Note something odd that a test's reader may want to see, as a defect of the lab."""
        with self._changed:
            self.notes.append(text)

    def clear(self) -> None:
        """Forget everything."""
        with self._changed:
            self.requests, self.calls, self.notes = [], [], []

    # -- asking ---------------------------------------------------------------------------------------------------
    def mark(self) -> Mark:
        """This moment, for the questions below."""
        with self._changed:
            return Mark(len(self.requests), len(self.calls))

    def requests_since(self, since: Mark = START, verb: str | None = None) -> list[RequestRecord]:
        """Requests since a mark, of one WSMan verb or all."""
        with self._changed:
            return [each for each in self.requests[since.requests :] if verb in (None, each.verb)]

    def bytes_received(self, since: Mark = START) -> int:
        """Bytes that the clients sent since a mark, HTTP headers included."""
        return sum(each.received for each in self.requests_since(since))

    def bytes_sent(self, since: Mark = START) -> int:
        """Bytes that went to the clients since a mark, HTTP headers included."""
        return sum(each.sent for each in self.requests_since(since))

    def calls_since(self, since: Mark = START, function: str | None = None) -> list[CallRecord]:
        """Calls since a mark, of one function or all."""
        with self._changed:
            return [each for each in self.calls[since.calls :] if function in (None, each.function)]

    def writing_calls(self, since: Mark = START) -> list[CallRecord]:
        """Calls since a mark of functions that may change something, refused ones too."""
        return [each for each in self.calls_since(since) if each.writes]

    def functions(self, since: Mark = START) -> list[str]:
        """Names of the calls since a mark, in order."""
        return [call.function for call in self.calls_since(since)]

    def writing(self, since: Mark = START) -> list[str]:
        """Names of the calls that change something, in order; a renewed lease does not count."""
        return [call.function for call in self.writing_calls(since) if call.function != "Update-EntraSyncLease"]

    def wait_for(self, function: str, timeout: float = 10.0, count: int = 1, when: str = "ended", since: Mark = START) -> bool:
        """Until ``count`` calls of a function since a mark have ``started`` or have ``ended`` without an error.

        Args:
            timeout: seconds.

        Returns:
            False when the time ran out.

        Raises:
            ValueError: ``when`` is neither.
        """
        if when not in ("started", "ended"):
            raise ValueError(f"when: started or ended, not {when}")

        def there() -> bool:
            of_it = [call for call in self.calls[since.calls :] if call.function == function]
            return len([call for call in of_it if when == "started" or (call.ended is not None and not call.error)]) >= count

        with self._changed:
            return self._changed.wait_for(there, timeout)

    def as_dict(self) -> dict[str, Any]:
        """Everything as plain values."""
        with self._changed:
            return {
                "requests": [asdict(each) for each in self.requests],
                "calls": [asdict(each) for each in self.calls],
                "notes": list(self.notes),
            }


def hidden(value: Any, key: str = "") -> Any:
    """A copy of a value in which everything named like a secret is replaced, at any depth."""
    if _SECRET.search(key):
        return _HIDDEN
    if isinstance(value, dict):
        return {name: hidden(item, str(name)) for name, item in value.items()}
    return [hidden(item) for item in value] if isinstance(value, (list, tuple)) else value
