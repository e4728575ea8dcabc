# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulated MSI: a few bytes that tell what a real one's signature and tables would."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

MICROSOFT, PRODUCT = "Microsoft Corporation", "Microsoft Entra Connect Sync"
_INSTALLER = re.compile(rb"(?:<([^<>|]*)\|([^<>|]*)>)?(\d+\.\d+\.\d+\.\d+)\Z")


@dataclass
class Installer:
    """An MSI, on the disk of a server or of a controller.

    Attributes:
        version: what it installs.
        content: more bytes of the file; the last one must be no digit.
        signer: organisation that signed it; empty for none.
        product: its product's name.
    """

    version: str
    content: bytes = b"simulated MSI"
    signer: str = MICROSOFT
    product: str = PRODUCT

    @property
    def file(self) -> bytes:
        """What is in the file: it tells by itself what it is, wherever it was copied to."""
        odd = b"" if (self.signer, self.product) == (MICROSOFT, PRODUCT) else f"<{self.signer}|{self.product}>".encode()
        return self.content + odd + self.version.encode()

    @classmethod
    def from_file(cls, data: bytes) -> Installer | None:
        """The installer that a file is; none where it is another file."""
        found = _INSTALLER.search(data[-300:])
        if found is None:
            return None
        signer, product, version = (part.decode() if part is not None else None for part in found.groups())
        content = data[: len(data) - len(found[0])]
        return cls(version or "", content, MICROSOFT if signer is None else signer, PRODUCT if product is None else product)

    @property
    def signature(self) -> str:
        """Its Authenticode status."""
        return "Valid" if self.signer else "NotSigned"

    @property
    def sha256(self) -> str:
        """Its checksum, in hexadecimal."""
        return hashlib.sha256(self.file).hexdigest()
