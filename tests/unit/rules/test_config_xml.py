# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""XML that would do harm is refused with one sentence."""

from __future__ import annotations

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.config import xml
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.config.xml import Unreadable, parse

LAUGHS = '<!DOCTYPE a [<!ENTITY b "' + "ha" * 10 + '"><!ENTITY c "' + "&b;" * 10 + '">]><a>&c;</a>'
REFUSED = {
    "entities that expand": (LAUGHS, "document type or entities"),
    "a file of the controller": ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>', "document type or entities"),
    "another document type": ('<!DOCTYPE a SYSTEM "http://example.invalid/a.dtd"><a/>', "document type or entities"),
    "an entity that is not declared": ("<a>&x;</a>", "no XML"),
    "cut off": ("<a><b>", "no XML"),
    "empty": ("", "no XML"),
    "too deep": ("<a>" * 200 + "</a>" * 200, "nested deeper"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    data, said = REFUSED[case]
    with pytest.raises(Unreadable, match=said) as raised:
        parse(data.encode(), "MV.xml")
    assert str(raised.value).startswith("MV.xml ")


def test_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml, "MOST_BYTES", 10)
    with pytest.raises(Unreadable, match="more than the 10"):
        parse(b"<a>0123456789</a>", "a.xml")
    monkeypatch.undo()
    monkeypatch.setattr(xml, "MOST_ELEMENTS", 2)
    with pytest.raises(Unreadable, match="more than 2 elements"):
        parse(b"<a><b/><b/></a>", "a.xml")


def test_names_without_namespaces_and_the_five_entities_of_xml() -> None:
    root = parse(b'<x:a xmlns:x="urn:x" x:k="1"><x:b>1 &amp; 2</x:b></x:a>', "a.xml")
    assert (root.tag, root.attrib, root.findtext("b")) == ("a", {"k": "1"}, "1 & 2")
    assert parse("<a>é</a>".encode("utf-16"), "a.xml").text == "é"
