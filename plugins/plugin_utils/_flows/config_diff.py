# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compare exports of settings that are on the controller, and keep the comparison beside them.

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .. import _private, _report
from .._page.render import render_comparison
from .._private import NotUnpacked
from .._rules.archives import folder_name
from .._rules.config import moving, reset, text
from .._rules.config.parse import read_export
from .._rules.config.things import Export
from .._rules.config.xml import Unreadable
from .._rules.refusals import Refusal
from .config_export import EXPORT, FOLDER, MANIFEST, new_folder
from .flow import Flow, Stop


class NotRead(Exception):
    """An export cannot be compared, and why."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(refusal.code)


def compare(flow: Flow, options: Mapping[str, Any]) -> dict[str, Any]:
    """Compare every other export with the reference.

    Args:
        options: ``reference`` and ``others`` (server or folder), ``exports`` (as the export gives them), ``report_dir``, ``allow_unread``, ``show``.

    Raises:
        Stop: ``report_unwritable``, ``settings_names``; unless unread ones are allowed ``settings_missing`` or ``settings_bad`` for each of them.
    """
    given = options["exports"]
    found: dict[str, Export] = {}
    unread: dict[str, Refusal] = {}
    for name in dict.fromkeys([*([options["reference"]] if options["reference"] else []), *(options["others"] or given)]):
        try:
            found[name] = _export(name, options)
        except NotRead as problem:
            unread[name] = problem.refusal
    chosen = options["reference"] or _chosen(found, unread)
    others = options["others"] or [name for name in given if name != chosen]
    if not others or chosen in others:
        raise Stop("refused", "settings_names", flow.server, detail=f"reference {chosen or 'none'}, others {', '.join(others) or 'none'}")
    reference = found.get(chosen)
    compared = {name: text.comparison(reference, found[name]) for name in others if reference is not None and name in found}
    comparisons = {
        name: {"checked": True, "reason": "", **compared[name]} if name in compared else _unchecked(name, chosen, unread) for name in others
    }
    at_risk = reset.at_risk(list(found.values())) if len(found) > 1 else []
    upgraded = reset.became(reference, found[others[0]]) if options["same_server"] and others[0] in compared and reference is not None else []
    told = [line for each in compared.values() for line in text.lines(each)]
    told += [f"{name}: not checked: {each['reason']}" for name, each in comparisons.items() if not each["checked"]]
    kept = {"reference": chosen, "comparisons": comparisons, "at_risk": at_risk, "upgraded": upgraded}
    files = _kept(flow, options["report_dir"], told, kept)
    if options["show"]:
        flow.show(told)
    values = {
        "reference": chosen,
        "comparisons": comparisons,
        "at_risk": at_risk,
        "at_risk_known": reset.KNOWN,
        "features": {name: moving.features(each) for name, each in found.items()},
        "upgraded": upgraded,
        "text": told,
        "files": files,
    }
    if unread and not options["allow_unread"]:
        raise Stop("incomplete", refusals=list(unread.values()), values=values)
    return {"outcome": "done", "equal": all(each["verdict"] == "equal" for each in comparisons.values()), **values}


def _chosen(found: Mapping[str, Export], unread: Mapping[str, Refusal]) -> str:
    """Where no reference is named: the active server by what its export says, else the first that could be read."""
    return next((name for name, each in sorted(found.items()) if each.active), min(found or unread, default=""))


def _unchecked(name: str, reference: str, unread: Mapping[str, Refusal]) -> dict[str, Any]:
    at = name if name in unread else reference
    return {"checked": False, "reason": f"{at}: {unread[at].params['detail']}", "verdict": "not checked", "differences": []}


def _export(name: str, options: Mapping[str, Any]) -> Export:
    """The export of a server, or that of a folder. Raises NotRead."""
    given = options["exports"].get(name)
    if given is not None and not given.get("read"):
        raise NotRead(Refusal("settings_missing", name, {"detail": str(given.get("reason") or "it was not exported")}))
    folder = Path(given["path"]) if given is not None and given.get("path") else _folder(name, options["report_dir"])
    try:
        files = _private.files_below(folder)
        _prove(name, folder, files)
        return read_export(name, files)
    except OSError as error:
        raise NotRead(Refusal("settings_bad", name, {"detail": f"{folder}: {error.strerror}"})) from None
    except (Unreadable, NotUnpacked) as error:
        raise NotRead(Refusal("settings_bad", name, {"detail": str(error)})) from None


def _folder(name: str, report_dir: str) -> Path:
    """A folder that was named, or the newest export of a server of that name."""
    named = Path(name).expanduser()
    if named.is_dir():
        return named / EXPORT if (named / EXPORT).is_dir() else named
    found = []
    for path in (Path(report_dir).expanduser() / FOLDER).glob(f"*/{folder_name(name)}*/{MANIFEST}"):
        try:
            manifest = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(manifest, dict) and manifest.get("server") == name:
            found.append((str(manifest.get("taken_at")), path.parent / EXPORT))
    if not found:
        detail = f"there is neither a folder of that name nor an export of such a server below {report_dir}"
        raise NotRead(Refusal("settings_missing", name, {"detail": detail}))
    return max(found)[1]


def _prove(name: str, folder: Path, files: Mapping[str, bytes]) -> None:
    """What an export's manifest tells of its files must still be so; a folder without a manifest is taken as it is."""
    try:
        told = json.loads((folder.parent / MANIFEST).read_text(encoding="utf-8"))["files"] if folder.name == EXPORT else []
        wanted = {str(each["path"]): str(each["sha256"]) for each in told}
    except FileNotFoundError:
        return
    except (ValueError, KeyError, TypeError):
        raise NotRead(Refusal("settings_bad", name, {"detail": f"its {MANIFEST} cannot be read"})) from None
    present = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
    changed = sorted(path for path in {*present, *wanted} if present.get(path) != wanted.get(path)) if wanted else []
    if changed:
        raise NotRead(Refusal("settings_bad", name, {"detail": f"{changed[0]} is not what was exported, by its checksum in {MANIFEST}"}))


def _kept(flow: Flow, report_dir: str, told: list[str], values: dict[str, Any]) -> dict[str, str]:
    """Write text, JSON and page into a new private folder; their paths."""
    folder = new_folder(flow, report_dir, "-comparison")
    try:
        _private.write(folder / "comparison.txt", ("\n".join(told) + "\n").encode())
        _private.write_json(folder / "comparison.json", values)
        _private.write(folder / "comparison.html", render_comparison({**values, "written_at": _report.now()}).encode(errors="replace"))
    except OSError as error:
        raise Stop("refused", "report_unwritable", flow.server, detail=f"{folder}: {error.strerror}") from None
    return {kind: str(folder / f"comparison.{kind}") for kind in ("txt", "json", "html")}
