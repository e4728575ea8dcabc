# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Make a file as csexport.exe writes one, of any size and out of nothing real: ``python -m tests.tools.csexport_file PATH MEGABYTES``."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.lab.csexport import PendingObject, document

ATTRIBUTES = ("displayName", "userPrincipalName", "proxyAddresses", "accountEnabled", "member", "mail", "department", "extensionAttribute7")
OPERATIONS = ("update", "update", "update", "add", "delete", "modify", "replace")


def objects(count: int | None, seed: int = 1) -> Iterator[PendingObject]:
    """So many objects of all kinds, the same ones for a seed; without end for None."""
    chosen = random.Random(seed)
    number = 0
    while count is None or number < count:
        number += 1
        operation = chosen.choice(OPERATIONS)
        names = [] if operation == "delete" else chosen.sample(ATTRIBUTES, chosen.randint(1, 6))
        touched = tuple((name, "add" if operation == "add" else chosen.choice(("add", "update", "delete"))) for name in names)
        renamed = f"CN=new {number},OU=Zo\u00eb & <co>" if operation == "update" and chosen.random() < 0.05 else ""
        kind = chosen.choice(("user", "user", "group"))
        yield PendingObject(f"CN=object {number},OU=Zo\u00eb & <co>", operation, kind, touched, renamed, chosen.randint(20, 700))


def write(path: Path, megabytes: float, encoding: str = "utf-8", seed: int = 1) -> list[int]:
    """Write at least so many megabytes; returns how many objects and bytes that were."""
    count, size, whole = 0, 0, int(megabytes * 1_000_000)

    def until_full() -> Iterator[PendingObject]:
        nonlocal count
        for each in objects(None, seed):
            if size >= whole:
                return
            count += 1
            yield each

    with path.open("wb") as file:
        for index, text in enumerate(document(until_full(), encoding)):
            size += file.write(text.encode(encoding if index == 0 or encoding != "utf-16" else "utf-16-le"))
    return [count, size]


if __name__ == "__main__":
    print("objects and bytes:", *write(Path(sys.argv[1]), float(sys.argv[2])))
