# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which MSI an upgrade means, whether it is the right one, and where the server finds it.

Internal to the collection: no promise of stability between releases.

A file on the controller is sent to our folder on the server; else the text is a path there, or without any folder a name in our folder.
Checksum, signature and product are looked at before anything changes, and once more by the server itself right before msiexec runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from .._rules.files import is_bare, name_problem, size_text
from .._rules.versions import Version
from .flow import Flow, Stop
from .transfer import LocalFile, send_file

MICROSOFT = "Microsoft Corporation"
PRODUCTS = frozenset({"Microsoft Entra Connect Sync", "Microsoft Azure AD Connect"})  # adsync.md 5.1


@dataclass(frozen=True)
class Msi:
    """The MSI that the options name.

    Attributes:
        given: as the user wrote it.
        sha256: checksum that it is to have.
        local: the file on the controller, where it is one.
        file: its name in our folder on the server; empty where ``given`` is a path there.
        to_send: whether the server does not have it yet.
        version: what it is to install; None for any.
    """

    given: str
    sha256: str
    local: LocalFile | None = None
    file: str = ""
    to_send: bool = False
    version: Version | None = None

    def where(self) -> dict[str, Any]:
        """The parameter that names it to the server."""
        return {"File": self.file} if self.file else {"Path": self.given}

    def as_value(self) -> dict[str, Any]:
        """What a result tells of a file of the controller; empty for others."""
        if self.local is None:
            return {}
        return {"name": self.file, "size": self.local.size, "sha256": self.local.sha256, "needed": self.to_send}


def check_installer(flow: Flow, options: Mapping[str, Any], version: Version | None = None) -> Msi:
    """The MSI that is meant, after what can be told of it before a change; changes nothing, and sends nothing.

    Args:
        version: what it is to install, compared with its ProductVersion where that can be read.

    Raises:
        Stop: it is not named, not there, has another checksum, signature, product or version, or cannot be sent.
        SessionError: the server did not answer.
    """
    msi = replace(_named(flow, options), version=version)
    if not msi.file and flow.topology.is_restricted(flow.server):
        raise Stop("refused", "installer_path", flow.server, detail=msi.given)
    found = flow.topology.call(flow.server, "Get-EntraSyncInstaller", **msi.where())
    if msi.local is not None and str(found.get("sha256")).lower() != msi.local.sha256:
        flow.tell(f"{flow.server}: {msi.local.path} is not there yet; {size_text(msi.local.size)} are sent before the upgrade")
        return replace(msi, to_send=True)
    _judge(flow, msi, found, "refused")
    return msi


def bring_installer(flow: Flow, msi: Msi) -> None:
    """Send it where it has to be sent, and look at it there.

    Raises:
        Stop: see `send_file`; ``incomplete`` where what arrived is not what it must be.
    """
    if msi.to_send and msi.local is not None:
        send_file(flow, msi.local.path, msi.file)
        _judge(flow, msi, flow.topology.call(flow.server, "Get-EntraSyncInstaller", **msi.where()), "incomplete")


def _named(flow: Flow, options: Mapping[str, Any]) -> Msi:
    given, sha256 = str(options.get("msi") or ""), str(options.get("msi_sha256") or "")
    if not given or not sha256:
        raise Stop("refused", "installer_unnamed", flow.server)
    path = _on_controller(given)
    if path is None:
        if is_bare(given) and (problem := name_problem(given)):
            raise Stop("refused", "bad_file_name", flow.server, detail=problem)
        return Msi(given, sha256, file=given if is_bare(given) else "")
    if problem := name_problem(path.name):
        raise Stop("refused", "bad_file_name", flow.server, detail=problem)
    local = LocalFile.of(flow.server, path)
    if local.sha256 != sha256.lower():
        raise Stop("refused", "checksum_local", flow.server, path=path, found=local.sha256)
    return Msi(given, sha256, local, path.name)


def _on_controller(given: str) -> Path | None:
    """The file of that path here; none where there is none, or the text is no path at all."""
    try:
        path = Path(given).expanduser()
        return path if path.is_file() else None
    except (OSError, ValueError, RuntimeError):  # too long, a null character, no home folder
        return None


def _judge(flow: Flow, msi: Msi, found: Mapping[str, Any], outcome: str) -> None:
    if found.get("exists") is not True:
        raise Stop(outcome, "installer_missing", flow.server, detail=msi.given)
    if str(found.get("sha256")).lower() != msi.sha256.lower():
        raise Stop(outcome, "checksum_wrong", flow.server, detail=f"{msi.given} has {found.get('sha256')}")
    _judge_version(flow, msi, found, outcome)
    # by a path: as the server judges it, which says why (Assert-Installer)
    if not msi.file and not found.get("signature"):
        return
    if found.get("signature") != "Valid" or found.get("signer") != MICROSOFT:
        detail = f"{msi.given} has the signature {found.get('signature')}, by '{found.get('signer')}'"
        raise Stop(outcome, "signature_wrong", flow.server, detail=detail)
    if not msi.file and not found.get("product"):
        return
    if found.get("product") not in PRODUCTS:
        raise Stop(outcome, "product_wrong", flow.server, detail=f"{msi.given} installs '{found.get('product')}'")


def _judge_version(flow: Flow, msi: Msi, found: Mapping[str, Any], outcome: str) -> None:
    """An unread ProductVersion is held against nobody: what lies on the disk afterwards decides."""
    version = Version.maybe(str(found.get("version") or ""))
    if version is not None and msi.version is not None and version != msi.version:
        raise Stop(outcome, "installer_version", flow.server, msi=msi.given, found=str(version), wanted=str(msi.version))
