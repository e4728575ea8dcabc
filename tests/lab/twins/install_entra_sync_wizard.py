# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Install-EntraSyncWizard."""

from __future__ import annotations

from typing import Any

from ..model.errors import Refused
from ..model.installer import MICROSOFT
from ..model.server import ModelServer
from . import _files, _guards

PRODUCTS = ("Microsoft Entra Connect Sync", "Microsoft Azure AD Connect")


def call(
    server: ModelServer,
    *,
    Epoch: int = 0,
    RunId: str = "",
    Path: str = "",
    File: str = "",
    Sha256: str,
    TimeoutSeconds: int = 900,  # noqa: N803
) -> dict[str, Any]:
    """Lay the wizard down; the engine stays as it is (adsync.md 6.3)."""
    with _guards.change(server, "Install-EntraSyncWizard", Epoch, RunId) as record:
        data, file = _files.installer(server, Path, File)
        if data is None:
            raise Refused("installer_missing", f"there is no file {Path or File}")
        if _files.sha256_of(data) != Sha256.upper():
            raise Refused("checksum_wrong", f"{Path or File} has another checksum")
        if file is None or file.signer != MICROSOFT:
            raise Refused("signature_wrong", f"{Path or File} is signed by '{file.signer if file else ''}'")
        if file.product not in PRODUCTS:
            raise Refused("product_wrong", f"{Path or File} installs '{file.product}'")
        record["claim"]["lease"] = 0.0  # msiexec takes no time here: the announced time of TimeoutSeconds is over at once
        code = server.lay_down(file.version)
    return {"changed": True, "exit_code": code, "reboot": code == 3010}
