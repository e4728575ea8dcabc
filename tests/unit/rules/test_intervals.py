# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Time spans as the scheduler writes them."""

from __future__ import annotations

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.intervals import parse_interval


@pytest.mark.parametrize(
    ("text", "seconds", "written"),
    [
        ("00:30:00", 1800, "00:30:00"),
        ("00:30", 1800, "00:30:00"),
        ("3:00", 10800, "03:00:00"),
        (" 03:00:00 ", 10800, "03:00:00"),
        ("23:59:59", 86399, "23:59:59"),
        ("1.00:00:00", 86400, "1.00:00:00"),
        ("7.00:00:00", 604800, "7.00:00:00"),
        ("0.00:30:00", 1800, "00:30:00"),
        ("01.02:03:04", 93784, "1.02:03:04"),
    ],
)
def test_a_span(text: str, seconds: int, written: str) -> None:
    """Read in three forms, written in one."""
    interval = parse_interval(text)
    assert (interval.seconds, interval.text) == (seconds, written)


def test_a_span_reads_back_the_same() -> None:
    """What was written is read as the same length."""
    assert parse_interval(parse_interval("2.3:04").text) == parse_interval("2.03:04:00")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "30",
        "1800",
        "24:00",
        "00:60:00",
        "00:00:60",
        "1.24:00:00",
        "-00:30:00",
        "00:30:00.5",
        "1:2:3",
        "PT30M",
        "00:30:00\n00:30:00",
        "1.2.03:00:00",
    ],
)
def test_anything_else_is_none(text: str) -> None:
    """The message names the text."""
    with pytest.raises(ValueError, match="is no time span"):
        parse_interval(text)
