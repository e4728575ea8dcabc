# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plain Python values at the border to PowerShell, in both directions.

Internal to the collection: no promise of stability between releases.

pypsrp chooses the type on the wire by the exact Python class, so values that Ansible tagged (core 2.19 and later) must be
rebuilt (ansible.md 2.2, rules 5, 9 and 10).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

INT32 = range(-(2**31), 2**31)
# What XML cannot carry: half of a surrogate pair, and the two non-characters. The server would drop the call without an answer.
_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


class Unsendable(ValueError):
    """A value that PowerShell remoting would change, drop, or never answer."""


def plain(value: Any) -> Any:
    """The same value made of exact str, int, float, bool, None, list and dict only."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str.__str__(value)  # of a tagged text, the text alone
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value)
    if isinstance(value, Mapping):
        return {plain(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    return str(value)


def sendable(name: str, value: Any) -> Any:
    """The value as it may be sent as parameter ``name``.

    Raises:
        Unsendable: a whole number beyond 32 bits or a character that XML cannot carry, which the server would never answer, or a kind of
            value that no function takes.
    """
    value = plain(value)
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, int) and not isinstance(item, bool) and item not in INT32:
            raise Unsendable(f"{name}: {item} does not fit into 32 bits; write a number between {INT32.start} and {INT32.stop - 1}")
        if isinstance(item, str) and (odd := _NO_XML.search(item)):
            raise Unsendable(f"{name}: the character U+{ord(odd[0]):04X} cannot be sent; take it out")
        if isinstance(item, (dict, list, float)):
            raise Unsendable(f"{name}: a {type(item).__name__} cannot be sent; write text, a whole number, true or false, or a list of texts")
    return value


def from_psrp(value: Any) -> Any:
    """What pypsrp read from the wire as plain Python: objects become dicts, enums and the like their text."""
    properties = getattr(value, "extended_properties", None)
    if properties is not None:
        adapted = getattr(value, "adapted_properties", None) or {}
        merged = {**adapted, **properties}
        return {str(key): from_psrp(item) for key, item in merged.items()} if merged else str(value)
    if isinstance(value, (list, tuple)):
        return [from_psrp(item) for item in value]
    if isinstance(value, dict):
        return {str(key): from_psrp(item) for key, item in value.items()}
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)
