# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A process that has loaded what every test needs, but nothing of this repository, and forks for each run of pytest: loading costs most.

Run by its path. Takes one JSON object a line on standard input (``folder``, ``arguments``, ``environment``, ``seconds``), answers each with one JSON
text: all that pytest said.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import sys
import tempfile
import time
from typing import Any

LOADED = (
    "pytest", "_pytest.assertion", "hypothesis", "yaml", "requests", "pypsrp.powershell", "pypsrp.wsman", "spnego", "winrm", "xml.etree.ElementTree",
    "ansible.errors", "ansible.plugins.action", "ansible.module_utils.common.arg_spec", "cryptography.x509", "http.server", "uuid", "subprocess",
)  # fmt: skip


def main() -> None:
    """Answer until standard input ends."""
    sys.path[:] = [each for each in sys.path if os.path.abspath(each) != os.path.dirname(os.path.abspath(__file__))]  # noqa: PTH100, PTH120
    for name in LOADED:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


def answer(wanted: dict[str, Any]) -> str:
    """Run pytest in a child, ended with all its own children at the time limit."""
    with tempfile.TemporaryFile() as output:
        child = os.fork()
        if child == 0:
            _run(wanted, output.fileno())
        end = time.monotonic() + wanted["seconds"]
        while os.waitpid(child, os.WNOHANG) == (0, 0):
            if time.monotonic() > end:
                os.killpg(child, signal.SIGKILL)
                os.waitpid(child, 0)
                return f"no end within {wanted['seconds']} seconds"
            time.sleep(0.02)
        output.seek(0)
        return output.read().decode(errors="replace")


def _run(wanted: dict[str, Any], output: int) -> None:
    os.setsid()
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.chdir(wanted["folder"])
    os.environ.update(wanted["environment"])
    sys.path[:0] = wanted["environment"]["PYTHONPATH"].split(":")
    import pytest

    code = 3
    try:
        code = int(pytest.main(wanted["arguments"]))
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
