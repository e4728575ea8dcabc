# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Python values as the .NET values that PowerShell would send, and back; steps around what psrpcore 0.3.1 gets wrong (psrp-lab.md 8.1)."""

from __future__ import annotations

from typing import Any

import psrpcore
from psrpcore import types as ps

INT32 = range(-(2**31), 2**31)
INT64 = range(-(2**63), 2**63)


def to_ps(value: Any) -> Any:
    """A plain Python value as PowerShell would send it: a dict as [pscustomobject], a list as object[].

    Raises:
        TypeError: any other type. psrpcore would send some of them empty (set) or wrong (a time span of 10 s as 1 s).
        ValueError: a whole number beyond 64 bits.
    """
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, dict):
        custom = ps.PSCustomObject()
        custom.PSObject.extended_properties = [ps.PSNoteProperty(str(key), to_ps(item)) for key, item in value.items()]
        return custom
    if isinstance(value, (list, tuple)):
        items = ps.PSList([to_ps(item) for item in value])  # psrpcore would send a plain list as an ArrayList, a tuple empty
        items.PSObject.type_names = ["System.Object[]", "System.Array", "System.Object"]
        return items
    if isinstance(value, int):
        if value not in INT64:
            raise ValueError(f"{value} does not fit into 64 bits")
        return value if value in INT32 else ps.PSInt64(value)  # psrpcore would send -2**40 as a 32-bit number
    if isinstance(value, float):
        return ps.PSDouble(value)  # psrpcore would send a Single
    raise TypeError(f"the lab cannot send a {type(value).__name__}")


def from_ps(value: Any) -> Any:
    """A received value as plain Python; what has no counterpart there becomes its text, a secure string its clear text."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, ps.PSSecureString):
        return str(value.decrypt())
    if isinstance(value, str):
        return "".join(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value)
    if isinstance(value, dict):
        return {str(key): from_ps(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [from_ps(item) for item in value]
    if isinstance(value, ps.PSCustomObject):
        return {str(each.name): from_ps(each.get_value(value)) for each in value.PSObject.extended_properties}
    return str(value)


def error_record(message: str, identifier: str, category: str, kind: str, target: str | None = None) -> Any:
    """An error record.

    Args:
        message: its text.
        identifier: its FullyQualifiedErrorId.
        category: name of its ErrorCategory.
        kind: .NET type of its exception.
        target: its TargetObject, a text.
    """
    exception = ps.NETException(Message=message, HResult=-2146233088)
    exception.PSObject.type_names = [kind, "System.Exception", "System.Object"]
    exception.PSObject.to_string = f"{kind}: {message}"
    about = ps.ErrorCategoryInfo(
        Category=ps.ErrorCategory[category],
        Activity="",
        Reason=kind.rsplit(".", 1)[-1],
        TargetName=target,
        TargetType=None if target is None else "String",
    )
    record = ps.ErrorRecord(Exception=exception, CategoryInfo=about, TargetObject=target, FullyQualifiedErrorId=identifier)
    record.PSObject.to_string = message
    return record


def _category_text(info: Any) -> str:
    return f"{info.Category.name}: ({info.TargetName or ''}:{info.TargetType or ''}) [{info.Activity or ''}], {info.Reason or ''}"


setattr(ps.ErrorCategoryInfo, "__str__", _category_text)  # noqa: B010 - psrpcore leaves the first colon out


class Pool(psrpcore.ServerRunspacePool):
    """psrpcore looks properties up by exact name, .NET without regard to case; pypsrp sends "CI" in two messages."""

    def _process_SetMaxRunspaces(self, event: Any) -> None:  # noqa: N802 - psrpcore finds it by this name
        event._ps_object.ci = getattr(event._ps_object, "CI", None) or 0
        super()._process_SetMaxRunspaces(event)

    def _process_SetMinRunspaces(self, event: Any) -> None:  # noqa: N802
        event._ps_object.ci = getattr(event._ps_object, "CI", None) or 0
        super()._process_SetMinRunspaces(event)
