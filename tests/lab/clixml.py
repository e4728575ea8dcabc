# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Python values as the .NET values that PowerShell would send, and back; steps around what psrpcore 0.3.1 gets wrong (psrp-lab.md 8.1)."""

from __future__ import annotations

from typing import Any

from psrpcore import types as ps

INT32 = range(-(2**31), 2**31)


def to_ps(value: Any) -> Any:
    """A plain Python value as PowerShell would send it: a dict as [pscustomobject], a list as object[]."""
    if isinstance(value, dict):
        custom = ps.PSCustomObject()
        custom.PSObject.extended_properties = [ps.PSNoteProperty(str(key), to_ps(item)) for key, item in value.items()]
        return custom
    if isinstance(value, (list, tuple)):
        items = ps.PSList([to_ps(item) for item in value])
        items.PSObject.type_names = ["System.Object[]", "System.Array", "System.Object"]
        return items
    if isinstance(value, int) and not isinstance(value, bool) and value not in INT32:
        return ps.PSInt64(value)  # psrpcore would send -2**40 as a 32-bit number
    if isinstance(value, float):
        return ps.PSDouble(value)
    return value


def from_ps(value: Any) -> Any:
    """A received value as plain Python."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return "".join(value) if type(value) is not str else value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value)
    if isinstance(value, dict):
        return {str(key): from_ps(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [from_ps(item) for item in value]
    return str(value)


def error_record(message: str, identifier: str, category: str = "InvalidOperation") -> Any:
    """An error record with this text and fully qualified error id."""
    kind = "System.InvalidOperationException"
    exception = ps.NETException(Message=message, HResult=-2146233079)
    exception.PSObject.type_names = [kind, "System.Exception", "System.Object"]
    exception.PSObject.to_string = f"{kind}: {message}"
    record = ps.ErrorRecord(
        Exception=exception,
        CategoryInfo=ps.ErrorCategoryInfo(Category=ps.ErrorCategory[category], Reason="InvalidOperationException", Activity=""),
        FullyQualifiedErrorId=identifier,
    )
    record.PSObject.to_string = message
    return record
