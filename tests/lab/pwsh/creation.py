# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""With what words Ansible's psrp plugin opens a session, so that one can be opened before anybody asks."""

from __future__ import annotations

import base64
from functools import cache
from typing import Any
from xml.etree import ElementTree

from pypsrp.host import PSHost, PSHostUserInterface
from pypsrp.powershell import RunspacePool
from pypsrp.wsman import WSMan


class _Words(Exception):
    """Stops the opening of a session where its words are ready."""


@cache
def of_the_plugin() -> bytes:
    """The first fragments of a session as the plugin would send them, from pypsrp itself; nothing is connected to."""
    host = PSHost(None, None, False, "Ansible PSRP Host", None, PSHostUserInterface(), None)
    pool = RunspacePool(WSMan("127.0.0.1", username="nobody", password="", auth="basic", ssl=False, encryption="never"), host=host)

    def stop(_options: Any, content: ElementTree.Element) -> None:
        raise _Words(content.text)

    pool.shell.open = stop
    try:
        pool.open()
    except _Words as words:
        return base64.b64decode(str(words))
    finally:
        pool.connection.close()
    raise AssertionError("pypsrp opened a session without opening a shell")
