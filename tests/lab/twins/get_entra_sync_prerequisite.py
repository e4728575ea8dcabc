# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twin of Get-EntraSyncPrerequisite."""

from __future__ import annotations

import math
import time
from typing import Any

from ..model.clock import iso
from ..model.server import ModelServer
from . import _machine

STOPPED = "Synchronization Service is not running."


def call(server: ModelServer) -> dict[str, Any]:
    """What a switch and an upgrade rest on; nothing fails as a whole."""
    facts = server.prerequisites
    answers = server.service == "Running" and server.module_present
    error = "" if answers else STOPPED
    values = {"now": iso(time.time() + server.clock_ahead), "computer_name": server.name.upper(), "module_error": ""}
    values["module_error"] = "" if server.module_present else "the ADSync module cannot be imported"
    return {**values, **_machine.values(facts), **_database(server, error), **identity(server, error), **_domains(server, error)}


def _database(server: ModelServer, error: str) -> dict[str, Any]:
    found = None if error else server.prerequisites.database
    given = found or {}
    names = {"server": "SqlServerName", "instance": "SqlServerInstanceName", "database": "SqlServerDBName", "version": "SqlProductVersion"}
    return {
        **{f"sql_{name}": given.get(key, "") for name, key in names.items()},
        "sql_read": found is not None,
        "sql_error": error or ("" if found else "The database cannot be reached."),
        "sql_local": given.get("IsLocalDBInstalled"),
        "sql_used_mb": math.ceil(given["UsedSpaceInMb"]) if found else None,
    }


def identity(server: ModelServer, error: str) -> dict[str, Any]:
    """The cloud identity of the server, as Get-IdentityPart tells it."""
    facts = server.prerequisites
    found = None if error else facts.credential
    given = found or {}
    return {
        "identity_error": error,
        "identity_known": found is not None,
        "identity_kind": given.get("ConnectorIdentityType", ""),
        "entra_account": "" if error else facts.account,
        "application_id": given.get("ApplicationId", ""),
        "certificate": given.get("CertificateThumbprint", ""),
        "certificate_ends": facts.certificate_ends if given.get("CertificateThumbprint") else "",
    }


def _domains(server: ModelServer, error: str) -> dict[str, Any]:
    names = [name for name, kind in server.connectors.items() if kind == "ad"]
    why = server.prerequisites.unreachable
    domains = [{"connector": name, "domain": name, "reachable": name not in why, "error": why.get(name, "")} for name in names]
    return {"forests": None if error else names, "domains": None if error else domains, "domains_error": error}
