# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Export the settings of servers: pack on the server, fetch, prove, unpack into a private folder, delete on the server.

Internal to the collection: no promise of stability between releases.

All servers pack at the same time; what they packed is then fetched from one after another. A server that gives nothing is told with the reason and
stops nothing: whoever needs all of them judges that.
"""

from __future__ import annotations

import hashlib
import shutil
import uuid
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from .. import _private, _report
from .._errors import SessionError
from .._private import NotUnpacked
from .._rules.ages import moment, words
from .._rules.archives import MOST_ZIP, folder_name
from .._rules.files import size_text
from .._rules.refusals import Refusal
from .flow import Flow, Stop
from .transfer import fetch_file

FUNCTION = "Get-EntraSyncConfiguration"
REMOVE_SECONDS = 30.0
FOLDER, EXPORT, MANIFEST = "settings", "export", "manifest.json"
STALE = "only runs of the wizard write this file; what was changed by PowerShell or the rules editor is not in it (it may be stale)"


def export(flow: Flow, names: list[str], report_dir: str, seconds: float, allow_unread: bool) -> dict[str, Any]:
    """Export these servers into one new folder below the report folder.

    Returns:
        ``folder`` and ``servers``: by name ``read``, and the export's values or the ``reason``.

    Raises:
        Stop: ``report_unwritable``; unless unread ones are allowed, ``settings_unread`` for each of them, with the same values.
    """
    folder = new_folder(flow, report_dir)
    name = f"settings-{uuid.uuid4().hex}.zip"
    flow.tell(f"exporting the settings of {', '.join(names)}")
    packed = names
    servers: dict[str, dict[str, Any]] = {}
    try:
        answers, errors = flow.long_call(names, FUNCTION, seconds, Name=name)
        packed = [*answers, *(server for server, each in errors.items() if each.unknown)]
        servers = {server: _unread(_reason(each)) for server, each in errors.items()}
        for server, answer in answers.items():
            servers[server] = _fetched(replace(flow, server=server), name, answer, folder)
    finally:
        _remove(flow, packed, name, min(seconds, REMOVE_SECONDS))
    values = {"folder": str(folder), "servers": dict(sorted(servers.items()))}
    unread = [Refusal("settings_unread", server, {"detail": each["reason"]}) for server, each in sorted(servers.items()) if not each["read"]]
    if unread and not allow_unread:
        raise Stop("incomplete", refusals=unread, values=values)
    return {"outcome": "done", **values}


def new_folder(flow: Flow, report_dir: str, kind: str = "") -> Path:
    """A new private folder below the report folder; its name begins with the time.

    Raises:
        Stop: ``report_unwritable``.
    """
    stamp = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    folder = Path(report_dir).expanduser().absolute() / FOLDER / f"{stamp}{kind}-{uuid.uuid4().hex[:6]}"
    try:
        return _private.make(folder)
    except OSError as error:
        raise Stop("refused", "report_unwritable", flow.server, detail=f"{folder}: {error.strerror}") from None


def _remove(flow: Flow, names: list[str], name: str, seconds: float) -> None:
    """Delete the zip on the servers, also where it is not known whether there is one."""
    _answers, errors = flow.topology.call_each(names, FUNCTION, seconds, Name=name, Remove=True) if names else ({}, {})
    for server, error in errors.items():
        flow.tell(f"{server}: {name} could not be deleted there ({error.code}); the next export deletes it after an hour")


def _unread(reason: str) -> dict[str, Any]:
    return {"read": False, "reason": reason}


def _fetched(flow: Flow, name: str, answer: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Fetch and unpack what one server packed."""
    own = folder / folder_name(flow.server)
    try:
        if own.exists():  # two inventory names that make one folder's name
            own = folder / f"{own.name}-{hashlib.sha256(flow.server.encode()).hexdigest()[:8]}"
        size = int(answer["zip_size"])
        if size > MOST_ZIP:
            return _unread(f"its zip has {size_text(size)}, more than {size_text(MOST_ZIP)}")
        _private.make(own)
        return _stored(flow, name, answer, own)
    except (Stop, SessionError, NotUnpacked, OSError, KeyError, ValueError, TypeError) as error:
        with suppress(OSError):
            shutil.rmtree(own)
        return _unread(_reason(error))


def _reason(error: Exception) -> str:
    if isinstance(error, Stop):
        first = error.refusals[0]
        return f"{first.code}: {first.params.get('detail') or ''}".rstrip(": ")
    if isinstance(error, SessionError):
        return error.reason
    if isinstance(error, OSError):
        return f"the controller could not write it: {error.strerror}"
    return str(error) if isinstance(error, NotUnpacked) else "its answer is not that of an export"


def _stored(flow: Flow, name: str, answer: dict[str, Any], own: Path) -> dict[str, Any]:
    zip_path = own / "settings.zip"
    fetch_file(flow, name, zip_path)
    digest = hashlib.sha256(zip_path.read_bytes()).hexdigest()
    if digest != str(answer["zip_sha256"]).lower():
        return _thrown_away(own)
    files, size = _private.unpack(zip_path, own / EXPORT), zip_path.stat().st_size
    versions = {"engine": str(answer.get("engine_version") or ""), "wizard": str(answer.get("wizard_version") or "")}
    about = {"taken_at": _report.now(), "versions": versions, "wizard": _wizard(answer)}
    manifest = {
        **about,
        "server": flow.server,
        "computer": str(answer.get("computer_name") or ""),
        "zip": {"name": zip_path.name, "size": size, "sha256": digest},
        "files": files,
    }
    _private.write_json(own / MANIFEST, manifest)
    paths = {"path": str(own / EXPORT), "manifest": str(own / MANIFEST)}
    return {"read": True, "reason": "", **paths, "sha256": digest, "size": size, "files": len(files), **about}


def _thrown_away(own: Path) -> dict[str, Any]:
    shutil.rmtree(own)
    return _unread("transfer_wrong: its checksum is another one than the server told")


def _wizard(answer: dict[str, Any]) -> dict[str, str]:
    """The wizard's file: its name, when it was written, how old that was on the server, and what that means; empty where there is none."""
    name = str(answer.get("wizard_file") or "")
    written, now = moment(str(answer.get("wizard_written") or "")), moment(str(answer.get("now") or ""))
    age = words(now - written) if written is not None and now is not None else "unknown"
    return {"name": name, "written_at": str(answer["wizard_written"]), "age": age, "note": STALE} if name else {}
