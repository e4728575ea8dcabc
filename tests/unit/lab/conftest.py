# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A host and a client for each test."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest
from pypsrp.exceptions import WinRMError
from pypsrp.powershell import RunspacePool
from requests.exceptions import RequestException

from ...lab.faults import Faults
from ...lab.host import LabHost
from ...lab.recorder import Recorder
from .client import USERS, EchoEngine, connect


@pytest.fixture
def host() -> Iterator[LabHost]:
    made = LabHost("srv1", EchoEngine(), USERS, Faults(), Recorder())
    made.installed = True
    made.port = made.listen()  # type: ignore[attr-defined]
    yield made
    made.stop()


@pytest.fixture
def pool(host: LabHost) -> Iterator[RunspacePool]:
    opened = connect(host.port)
    opened.open()
    yield opened
    host.faults.set()
    with contextlib.suppress(RequestException, WinRMError, OSError):
        opened.close()
