# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pending exports on a real engine: what csexport's file says is counted as a stream, whatever else is in it, and nothing stays of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests import needs
from tests.lab.csexport import PendingObject, document, xml_of
from tests.tools.csexport_file import objects
from tests.tools.pending_exports import read

from . import engine

pytestmark = needs.ENGINE
MEGABYTES = (4.0, 128.0)  # so far apart that what the heap of .NET happens to keep, some 15 MB either way, is nothing beside it
ADDED = xml_of(PendingObject("CN=a", "add", "user", (("userPrincipalName", "add"), ("member", "add"))))
CHANGED = xml_of(
    PendingObject("CN=u", "update", "group", (("member", "update"), ("UserPrincipalName", "update"), ("mail", "delete"), ("title", "add")))
)
RENAMED = xml_of(PendingObject("CN=r", "replace", "user", (("displayName", "replace"),), new_dn="CN=r2"))
DELETED = xml_of(PendingObject("CN=d", "delete"))
REPLACED = xml_of(PendingObject("CN=da", "delete-add"))
ODD = (
    '<cs-object cs-dn="CN=1" object-type="user"/>'
    '<cs-object cs-dn="CN=2" object-type="user"><unapplied-export/></cs-object>'
    '<cs-object cs-dn="CN=3" object-type="user"><unapplied-export><delta/></unapplied-export></cs-object>'
    '<cs-object cs-dn="CN=4" object-type="user"><unapplied-export><delta operation="obsolete"/></unapplied-export></cs-object>'
    '<cs-object cs-dn="CN=5"><pending-import><delta operation="delete"/></pending-import></cs-object>'
    "<something><new/></something><!-- and a comment -->"
    '<cs-object cs-dn="CN=6" object-type="user"><new>x<attr name="no" operation="add"/></new><unapplied-export><delta operation="update">'
    '<anchor encoding="base64">eA==</anchor><group><attr name="nested"><value>x</value></attr><dn-attr name="manager" operation="update"/></group>'
    '<attr name="nested" operation="add"/></delta></unapplied-export></cs-object>'
)


def whole(*parts: str) -> str:
    """A file with these objects."""
    return "<cs-objects>" + "".join(parts) + "</cs-objects>"


MANY = whole(*(xml_of(PendingObject(f"CN={n}", "update", "user", ((f"attribute{n:04d}", "add"),))) for n in range(2300)))
CASES: list[dict[str, Any]] = [
    {"name": "nothing", "given": {}, "parameters": {}},
    {
        "name": "counted",
        "given": {"text": whole(ADDED, CHANGED, RENAMED, DELETED, REPLACED)},
        "parameters": {"Samples": 1, "Watch": ["userprincipalname", "sn"]},
    },
    {"name": "odd", "given": {"text": whole(ODD)}, "parameters": {}},
    {"name": "many attributes", "given": {"text": MANY}, "parameters": {"Watch": ["attribute2299"]}},
    {"name": "long names", "given": {"text": whole(xml_of(PendingObject("CN=" + "x" * 5000, "delete")))}, "parameters": {"Samples": 1}},
    {"name": "cut off", "given": {"text": whole(ADDED, DELETED)[:-30]}, "parameters": {}},
    {"name": "empty file", "given": {"text": ""}, "parameters": {}},
    {"name": "another document", "given": {"text": "<html/>"}, "parameters": {}},
    {"name": "entities", "given": {"text": '<!DOCTYPE x [<!ENTITY a "aaaa">]><cs-objects>&a;</cs-objects>'}, "parameters": {}},
    {"name": "no file", "given": {"writes": False}, "parameters": {}},
    {"name": "failed", "given": {"says": "Failed to export connector space."}, "parameters": {}},
    {"name": "silent", "given": {"says": ""}, "parameters": {}},
    {
        "name": "in part",
        "given": {"says": "Successfully exported connector space to file 'x'. However, 3 object(s) contained errors.", "text": whole(DELETED)},
        "parameters": {},
    },
    {"name": "no time", "given": {}, "parameters": {"MostSeconds": 0}},
]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the checks tell, from one process."""
    folder = tmp_path_factory.mktemp("pending")
    (folder / "cases.json").write_text(json.dumps(CASES), encoding="utf-8")
    (folder / "utf16.xml").write_bytes("".join(document(objects(20), "utf-16")).encode("utf-16"))
    return engine.tell("pending.ps1", folder)


def rows(told: dict[str, Any], name: str, kind: str = "attributes") -> list[dict[str, Any]]:
    """Rows of the first connector."""
    connector = told[name]["row"]["connector"]
    return [{key: each for key, each in row.items() if key != "connector"} for row in told[name]["answer"][kind] if row["connector"] == connector]


def test_arguments_arrive_as_they_are(told: dict[str, Any]) -> None:
    """A connector may have any name: each is one argument, and nothing of it is run."""
    names = ['a "quoted" name', "two  spaces", "ends in \\", 'a\\"b\\\\"c', "contoso.onmicrosoft.com - AAD", "$(id) `id` %PATH% & co"]
    expected = [line for name in names for line in (f"<{name}>", "</a b/c.xml>", "</f:x>", "", "to the other stream", "")]
    assert told["arguments"] == expected


def test_the_tool_is_ended_in_time(told: dict[str, Any]) -> None:
    """One that does not end is ended; one that says much does not hang; one that is not there is an error."""
    assert told["not ready"] == "error: csexport was not ready in time"
    assert told["much output"] > 200_000
    assert told["not there"] is True


def test_statistics_alone(told: dict[str, Any]) -> None:
    """Without detail there is no file and no count of csexport's."""
    row = told["statistics"]["connectors"][0]
    assert (row["adds"], row["updates"], row["deletes"], row["detail"], row["objects"], row["detail_error"]) == (1, 2, 3, False, None, "")
    assert len(told["statistics"]["connectors"]) == 2


def test_nothing_pending_is_zero(told: dict[str, Any]) -> None:
    """An empty list that csexport says is whole."""
    row = told["nothing"]["row"]
    assert (row["detail"], row["objects"], row["detail_deletes"], row["unreadable"]) == (True, 0, 0, 0)


def test_objects_and_attributes_are_counted(told: dict[str, Any]) -> None:
    """Per kind, attribute and type; names of attributes in any case are one; watched ones first, also where nothing touches them."""
    row = told["counted"]["row"]
    counts = [row[key] for key in ("objects", "detail_adds", "detail_updates", "detail_deletes", "renames", "unreadable")]
    assert counts == [5, 2, 2, 2, 1, 0]
    assert rows(told, "counted")[:3] == [
        {"name": "userprincipalname", "on_added": 1, "added": 0, "changed": 1, "removed": 0},
        {"name": "sn", "on_added": 0, "added": 0, "changed": 0, "removed": 0},
        {"name": "member", "on_added": 1, "added": 0, "changed": 1, "removed": 0},
    ]
    assert {"name": "mail", "on_added": 0, "added": 0, "changed": 0, "removed": 1} in rows(told, "counted")
    assert {"name": "title", "on_added": 0, "added": 1, "changed": 0, "removed": 0} in rows(told, "counted")
    assert rows(told, "counted", "object_types") == [
        {"name": "group", "adds": 0, "updates": 1, "deletes": 0},
        {"name": "user", "adds": 1, "updates": 1, "deletes": 2},
    ]


def test_samples_are_bounded_and_have_no_values(told: dict[str, Any]) -> None:
    """One of each kind as asked for, with names of attributes; no value is anywhere in any answer, none at all where none was asked for."""
    assert rows(told, "counted", "samples") == [
        {"dn": "CN=a", "operation": "add", "object_type": "user", "attributes": "userPrincipalName, member"},
        {"dn": "CN=u", "operation": "update", "object_type": "group", "attributes": "member, UserPrincipalName, mail, title"},
        {"dn": "CN=d", "operation": "delete", "object_type": "user", "attributes": ""},
    ]
    assert rows(told, "odd", "samples") == []
    assert [len(each["dn"]) for each in rows(told, "long names", "samples")] == [403]
    assert "secret" not in json.dumps(told)


def test_what_is_not_known_is_unreadable(told: dict[str, Any]) -> None:
    """Unknown elements are passed over; an object without a known operation is never nothing."""
    row = told["odd"]["row"]
    assert (row["objects"], row["unreadable"], row["detail_updates"], row["detail_deletes"]) == (6, 5, 1, 0)
    assert sorted((each["name"], each["changed"], each["added"]) for each in rows(told, "odd")) == [("manager", 1, 0), ("nested", 1, 0)]


def test_attributes_are_bounded(told: dict[str, Any]) -> None:
    """200 are told, the watched one among them, how many others there are is a number."""
    told_rows = rows(told, "many attributes")
    assert len(told_rows) == 200
    assert told_rows[0] == {"name": "attribute2299", "on_added": 0, "added": 1, "changed": 0, "removed": 0}
    assert told["many attributes"]["row"]["attributes_left_out"] == 2300 - 200


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("cut off", "Unexpected end of file"),
        ("empty file", "Root element is missing"),
        ("another document", "it begins with 'html', not with cs-objects"),
        ("entities", "DTD is prohibited"),
        ("no file", "csexport wrote no file"),
        ("failed", "csexport does not say that it succeeded: 'Failed to export connector space.'"),
        ("silent", "csexport does not say that it succeeded: ''"),
        ("no time", "no time was left for it"),
        ("folder open to others", "access denied"),
    ],
)
def test_what_cannot_be_read_says_why(told: dict[str, Any], name: str, words: str) -> None:
    """There is no number then, and the statistics are told all the same."""
    row = told[name]["row"]
    assert words in row["detail_error"]
    assert (row["detail"], row["objects"], row["detail_deletes"], row["deletes"]) == (False, None, None, 3)


def test_a_partial_export_counts_what_is_missing(told: dict[str, Any]) -> None:
    """Objects that csexport could not write are unreadable ones."""
    row = told["in part"]["row"]
    assert (row["detail"], row["detail_deletes"], row["unreadable"]) == (True, 1, 3)


def test_no_file_stays(told: dict[str, Any]) -> None:
    """Whatever happened; and what an earlier session left behind is deleted once it is old."""
    assert {each["name"]: told[each["name"]]["left"] for each in CASES} == {each["name"]: 0 for each in CASES}
    assert told["left behind"] == ["new.xml"]


def test_another_encoding(told: dict[str, Any]) -> None:
    """The reader takes what the file says it is."""
    assert told["in UTF-16"]["row"]["objects"] == 20


@pytest.mark.parametrize("name", ["statistics without deletes", "no statistics"])
def test_statistics_that_are_not_whole(told: dict[str, Any], name: str) -> None:
    """Nothing is no zero."""
    row = told[name]["row"]
    assert row["error"]
    assert (row["adds"], row["deletes"]) == (None, None)


def test_a_stopped_service_is_refused(told: dict[str, Any]) -> None:
    """As every reading function says it."""
    assert told["stopped"] == "EntraConnect.service_stopped"


def test_a_larger_file_is_counted_alike_in_the_same_memory(tmp_path: Path) -> None:
    """Equal to a naive count over the objects that it was made from; 124 MB more of file cost less memory than a third of them."""
    found = [read(tmp_path, megabytes) for megabytes in MEGABYTES]
    assert [each["right"] for each in found] == [True, True]
    more = found[1]["bytes"] - found[0]["bytes"]
    assert (found[1]["peak_kb"] - found[0]["peak_kb"]) * 1024 < more / 3
