# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Get-EntraSyncInstaller."""

from __future__ import annotations

from typing import Any

from ..model.server import ModelServer
from . import _files


def call(server: ModelServer, Path: str = "", File: str = "") -> dict[str, Any]:  # noqa: N803
    """What a file is, without running it."""
    data, known = _files.installer(server, Path, File)
    told = {"exists": data is not None, "sha256": _files.sha256_of(data), "version": "", "size": len(data or b"")}
    if known is None:
        return {**told, "signature": "" if data is None else "NotSigned", "signer": "", "product": ""}
    return {**told, "version": known.version, "signature": known.signature, "signer": known.signer, "product": known.product}
