# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Versions: four numbers or none; an unknown one never meets a wanted one."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.versions import (
    Version,
    assert_version,
    facts_of,
    releases,
    support_of,
)

from . import builders


@pytest.mark.parametrize("text", ["2.6.92.0", " 2.6.92.0 ", "2.6.92.0\n", "02.06.092.00"])
def test_four_numbers_are_a_version(text: str) -> None:
    """Spaces around them do not matter."""
    assert str(Version.parse(text)) == "2.6.92.0"


@pytest.mark.parametrize(
    "text", ["", "2.6.92", "2.6.92.0.1", "v2.6.92.0", "2.6.92.x", "2.6.92.-1", "2..92.0", "2.6.92.0-rc1", "latest", "999999.0.0.0"]
)
def test_anything_else_is_none(text: str) -> None:
    """The message says what to write."""
    with pytest.raises(ValueError, match="write four numbers"):
        Version.parse(text)
    assert Version.maybe(text) is None


def test_no_version_is_none() -> None:
    """None is unknown."""
    assert Version.maybe(None) is None


def test_versions_compare_as_numbers() -> None:
    """2.10 is newer than 2.9."""
    assert Version.parse("2.10.0.0") > Version.parse("2.9.99.99")


@pytest.mark.parametrize(
    ("changes", "pending"),
    [
        ({}, False),
        ({"wizard_version": "2.6.92.0"}, True),
        ({"wizard_version": "2.6.84.0"}, False),
        ({"configuration_version": "2.6.84.0"}, True),
        ({"configuration_version": "2.6.92.0"}, False),
        ({"configuration_version": ""}, False),
    ],
)
def test_an_unfinished_upgrade(changes: dict[str, str], pending: bool) -> None:
    """The wizard is newer than the engine, or the database older."""
    assert facts_of(builders.staging(**changes)).pending_wizard is pending


@pytest.mark.parametrize(
    ("changes", "minimum", "exact", "codes"),
    [
        ({}, None, None, []),
        ({}, "", "", []),
        ({}, "2.6.91.0", None, []),
        ({}, "2.6.9.0", None, []),
        ({}, "2.6.92.0", None, ["version_low"]),
        ({}, None, "2.6.91.0", []),
        ({}, None, "2.6.92.0", ["version_differs"]),
        ({}, None, "2.6.84.0", ["version_differs"]),
        ({}, "2.6.92.0", "2.6.92.0", ["version_low", "version_differs"]),
        ({"engine_version": ""}, "2.0.0.0", None, ["version_low"]),
        ({"engine_version": None}, None, "2.6.91.0", ["version_differs"]),
        ({"engine_version": "new"}, "0.0.0.0", None, ["version_low"]),
        ({"wizard_version": "2.6.92.0"}, "2.6.91.0", None, ["wizard_pending"]),
        ({"wizard_version": "2.6.92.0"}, None, "2.6.91.0", ["wizard_pending"]),
        ({"wizard_version": "2.6.92.0"}, "2.6.92.0", None, ["version_low"]),
        ({}, "newest", None, ["bad_version"]),
        ({}, None, "2.6", ["bad_version"]),
    ],
)
def test_what_stands_against_a_wanted_version(changes: dict[str, Any], minimum: str | None, exact: str | None, codes: list[str]) -> None:
    """Too low, another one, unknown, or laid down and not finished."""
    refusals = assert_version(facts_of(builders.staging(**changes)), "srv2", minimum, exact)
    assert builders.told(refusals) == [(code, "srv2") for code in codes]


@pytest.mark.parametrize(
    ("version", "today", "expected"),
    [
        ("2.6.92.0", "2026-11-01", (True, "", "", "")),
        ("2.9.0.0", "2040-01-01", (True, "", "", "")),
        ("2.6.91.0", "2027-09-22", (True, "2027-09-23", "", "")),
        ("2.6.91.0", "2027-09-24", (False, "2027-09-23", "", "")),
        ("2.6.3.0", "2026-11-01", (True, "2027-07-07", "", "2027-04-07")),
        ("2.5.76.0", "2026-08-01", (True, "2026-09-01", "", "2026-09-30")),
        ("2.5.77.0", "2026-08-01", (False, "unknown", "", "2026-09-30")),
        ("1.6.16.0", "2026-11-01", (False, "unknown", "", "2026-09-30")),
    ],
)
def test_support(version: str, today: str, expected: tuple[Any, ...]) -> None:
    """An old version that is not in the table is not supported; the earliest hard stop is told."""
    found = support_of(Version.parse(version), today)
    assert (found["supported"], found["end_of_support"], found["known_bad"], found["hard_stop"]) == expected


@pytest.mark.parametrize("version", [each["version"] for each in releases()["known_bad"]])
def test_a_version_that_is_known_to_be_bad(version: str) -> None:
    """The reason is told."""
    assert support_of(Version.parse(version))["known_bad"]


def test_the_verdict_does_not_change_by_itself() -> None:
    """By default the table's own date is today."""
    version = Version.parse("2.6.91.0")
    assert support_of(version) == support_of(version, releases()["as_of"])


def test_the_table_can_be_read() -> None:
    """Every version is one, each once and in order, every date is a date, every reason has words."""
    table = releases()
    versions = [Version.parse(each["version"]) for each in table["releases"]]
    assert versions == sorted(set(versions))
    dates = [each["end_of_support"] for each in table["releases"] if each["end_of_support"]] + [each["date"] for each in table["hard_stops"]]
    assert all(len(date) == 10 and date[4] == date[7] == "-" for date in [*dates, table["as_of"]])
    assert all(Version.parse(each["version"]) and each["why"] for each in table["known_bad"])
    assert all(Version.parse(each["below"]) and each["why"] for each in table["hard_stops"])


def test_facts_as_values() -> None:
    """Unknown is empty, and without an engine nothing is said about support."""
    values = facts_of(builders.staging(engine_version="", wizard_version="")).as_dict()
    assert (values["engine"], values["wizard"], "supported" in values) == ("", "", False)
    assert facts_of(builders.staging()).as_dict()["supported"] is True
