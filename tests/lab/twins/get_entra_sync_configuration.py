# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Get-EntraSyncConfiguration."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from ..model import configuration
from ..model.clock import iso
from ..model.errors import Refused
from ..model.server import ModelServer
from . import _files
from ._guards import running


def call(server: ModelServer, Name: str, Remove: bool = False) -> dict[str, Any]:  # noqa: N803
    """Pack the settings into our folder, or delete them there."""
    _files.check_name(Name)
    if not re.fullmatch(r"settings-[0-9a-f]{32}\.zip", Name):
        raise Refused("bad_file_name", f"'{Name}' is no name of such a zip")
    removed = server.stored.pop(Name, None) is not None
    if Remove:
        return {"changed": False, "name": Name, "removed": removed}
    running(server)
    files, wizard = configuration.files(server), configuration.wizard_file(server)
    if wizard:
        files[f"Wizard/{wizard[0]}"] = wizard[1]
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, text in files.items():
            packed.writestr(path, text)
    server.stored[Name] = data = whole.getvalue()
    about = {"zip_size": len(data), "zip_sha256": _files.sha256_of(data), "files": len(files), "now": iso(server.world.clock.now)}
    versions = {"engine_version": server.engine_version, "wizard_version": server.wizard_version, "computer_name": server.name}
    told = {"wizard_file": wizard[0] if wizard else "", "wizard_written": iso(wizard[2]) if wizard else ""}
    return {"changed": False, "name": Name, **about, **told, **versions}
