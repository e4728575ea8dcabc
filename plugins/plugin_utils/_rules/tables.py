# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tables of this collection: YAML beside the module that gives it its meaning. Read when first used, once in a process.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

# libyaml's, where PyYAML was built with it, reads them about ten times as fast; each task is a process that reads them anew
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class BrokenTable(Exception):
    """A table of the collection cannot be used: its files are not as they were published."""


@cache
def read_table(module: str, name: str) -> dict[str, Any]:
    """The table of that name beside a module. All callers have the same one, so nobody changes it.

    Args:
        module: the ``__file__`` of the module.

    Raises:
        BrokenTable: it is not there, is no YAML, or no mapping.
    """
    path = Path(module).with_name(name)
    try:
        found = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - both are safe loaders
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise _broken(path, " ".join(str(error).split())) from None
    if not isinstance(found, dict) or not found:
        raise _broken(path, "it holds no table")
    return found


def _broken(path: Path, why: str) -> BrokenTable:
    return BrokenTable(f"the table {path} of this collection cannot be used ({why}); install the collection hybrid_identity.entra_connect anew")
