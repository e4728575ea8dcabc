# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Take one check out of a copy of this repository and run the tests that can see it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.guards import Guard, guards

from tests.lab.pwsh import coverage

from .choose import groups
from .mutate import without
from .sites import DYNAMIC, ROOT, Site

OVERLAP = "exported at the same time"  # as the diary says it
MOST_FAILURES = 5  # of one run
SECTION = re.compile(r"^_+ (?!_ ).+ _+$", re.MULTILINE)  # the head of what pytest tells of one failure; a long name leaves one line each
FAILED = re.compile(r"^FAILED (.+?)(?: - .*)?$", re.MULTILINE)
SECONDS = 120


@dataclass(frozen=True)
class Trial:
    """What came of taking one check out; ``killed_by`` is empty where every test passed all the same."""

    guard: str
    site: Site
    killed_by: str
    note: str = ""


def owner(site: Site) -> Guard:
    """The guard that a check belongs to (tests/unit/rules/test_guards.py: exactly one)."""
    for each in guards():
        if each.at == site.at and (each.judged if site.codes == (DYNAMIC,) else not each.judged and set(each.codes) & set(site.codes)):
            return each
    raise LookupError(f"{site.path}:{site.line} belongs to no guard")


class Copy:
    """A copy of the repository's files, in which one file at a time is changed.

    Args:
        folder: where; replaced.
    """

    def __init__(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
        )
        for name in filter(None, listed.stdout.split("\0")):
            if (ROOT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, folder / name)
        place = folder / "build" / "collections" / "ansible_collections" / "hybrid_identity"
        place.mkdir(parents=True)
        (place / "entra_connect").symlink_to("../../../..")
        self.folder = folder.resolve()
        environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", coverage.VARIABLE)}
        command = [sys.executable, str(Path(__file__).with_name("zygote.py"))]
        self._zygote = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def try_without(self, site: Site) -> Trial:
        """Run group after group of tests until one fails that names a code of the guard, or two servers that exported at once."""
        guard = owner(site)
        codes = guard.codes if site.codes == (DYNAMIC,) else tuple(code for code in site.codes if code != DYNAMIC)
        file = self.folder / site.path
        file.write_text(without(site), encoding="utf-8")
        note = "no test names its code"
        try:
            for nodes in groups(site, codes):
                output = self.pytest(nodes)
                failed = FAILED.findall(output)
                for node, told in zip(failed, SECTION.split(output)[1:], strict=False):
                    if OVERLAP in told or any(re.search(rf"\b{code}\b", f"{node} {told}") for code in codes):
                        return Trial(guard.id, site, node)
                note = f"{failed[0]} fails, but does not name the code" if failed else f"{len(nodes)} tests pass without it"
                if not failed and "passed" not in output:
                    note = " ".join(output.split())[-200:]
        finally:
            shutil.copy2(ROOT / site.path, file)
        return Trial(guard.id, site, "", note)

    def pytest(self, nodes: Iterable[str]) -> str:
        """What pytest says of these tests, ended after a few failures."""
        collections = self.folder / "build" / "collections"
        environment = {"PYTHONPATH": f"{collections}:{self.folder}", "ANSIBLE_COLLECTIONS_PATH": str(collections), "PYTHONDONTWRITEBYTECODE": "1"}
        arguments = [f"--maxfail={MOST_FAILURES}", "-vv", "-rf", "--tb=short", *nodes]
        wanted = {"folder": str(self.folder), "arguments": arguments, "environment": environment, "seconds": SECONDS}
        assert self._zygote.stdin and self._zygote.stdout
        self._zygote.stdin.write(json.dumps(wanted) + "\n")
        self._zygote.stdin.flush()
        return str(json.loads(self._zygote.stdout.readline()))

    def close(self) -> None:
        """End its process."""
        assert self._zygote.stdin
        self._zygote.stdin.close()
        self._zygote.wait()
