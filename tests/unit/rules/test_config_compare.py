# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exports compared: a seeded change of every kind is found and nothing else is, on a real export (where one is there) and on a simulated one."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from xml.etree.ElementTree import SubElement

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.config import parse as parsing
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.config import reset, text
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.config.compare import compare, worst
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.config.parse import read_export
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.config.tables import groups, kind_facts
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.config.xml import Unreadable

from tests import needs

from .config_seeds import RULES, SEEDS, Documents, another_server, custom, edited, one, real_files, rule, setting, simulated_files, without_schema

Files = dict[str, bytes]
SOURCES = pytest.mark.parametrize("source", [simulated_files, pytest.param(real_files, marks=needs.EXPORT)], ids=["simulated", "real"])
SOME_STANDARD = "In from AD - User Join"
VERSION = "Microsoft.Synchronize.ServerConfigurationVersion"


@pytest.fixture(autouse=True)
def _parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "parse", _parse)


_original = parsing.parse


@cache
def _parse(data: bytes, name: str):  # type: ignore[no-untyped-def]
    """The product only reads what it parsed."""
    return _original(data, name)


@cache
def _files(source: Callable[[], Files]) -> Files:
    return source()


@cache
def _small(source: Callable[[], Files]) -> Files:
    return without_schema(source())


@SOURCES
def test_it_parses_whole_and_equals_itself(source: Callable[[], Files]) -> None:
    files = _files(source)
    one_, other = read_export("a", files), read_export("b", files)
    assert compare(one_, other) == []
    assert len(one_.rules) == sum(path.startswith(RULES) for path in files)
    assert one_.version and one_.server


@SOURCES
@pytest.mark.parametrize("seed", SEEDS)
def test_a_seeded_change_is_found_and_nothing_else(seed: str, source: Callable[[], Files]) -> None:
    wanted = SEEDS[seed]
    before = edited(_small(source), wanted.first)
    differences = compare(read_export("a", before), read_export("b", edited(before, wanted.change)))
    assert [each.kind for each in differences] == [wanted.kind]
    assert differences[0].field.startswith(wanted.field) and bool(differences[0].field) == bool(wanted.field)
    assert differences[0].reference or differences[0].other
    assert worst(differences) == kind_facts(wanted.kind)["verdict"]


@SOURCES
def test_another_server_with_the_same_settings_is_equal(source: Callable[[], Files]) -> None:
    files = _files(source)
    changed = another_server(files)
    assert sum(changed[path] != data for path, data in files.items() if path in changed) > 3
    assert compare(read_export("a", files), read_export("b", changed)) == []


def test_servers_of_one_simulated_fleet_are_equal() -> None:
    assert compare(read_export("srv1", simulated_files("srv1")), read_export("srv2", simulated_files("srv2"))) == []


def test_every_kind_of_difference_is_seeded_or_named_below() -> None:
    """`schema`, `wizard` and `rule_version` have tests of their own."""
    kinds = {seed.kind for seed in SEEDS.values()} | {"schema", "wizard", "rule_version"}
    assert all(kind_facts(kind)["group"] in groups() for kind in kinds)
    with pytest.raises(KeyError):
        kind_facts("nothing")


def _newer(documents: Documents) -> None:
    """Another version of the product, which brings another version of one standard rule and one rule more."""
    setting(documents, VERSION).text = "9.9.9.9"
    found = rule(documents, "immutable-tag")
    one(found, "immutable-tag").text = (one(found, "immutable-tag").text or "").rpartition(".")[0] + ".099"
    one(found, "attribute-mappings/mapping/valueMergeType").text = "Merge"


@SOURCES
def test_another_version_of_a_standard_rule_is_expected(source: Callable[[], Files]) -> None:
    found = compare(read_export("a", _small(source)), read_export("b", edited(_small(source), _newer)))
    assert [each.kind for each in found] == ["rule_version"]
    assert worst(found) == "expected"


def test_the_same_version_with_other_content_is_a_changed_rule() -> None:
    """Whatever versions the products have: the rule's own version says that it should be the same."""

    def change(documents: Documents) -> None:
        setting(documents, VERSION).text = "9.9.9.9"
        one(rule(documents, "immutable-tag"), "linkType").text = "StickyJoin"

    before, after = read_export("a", simulated_files()), read_export("b", edited(simulated_files(), change))
    assert [each.kind for each in compare(before, after)] == ["rule_link"]
    assert reset.at_risk([before, after]) == [compare(before, after)[0].title]
    assert [each["what"] for each in reset.became(before, after)] == ["reset"]


def test_versions_that_differ_on_equal_products_are_no_matter_of_course() -> None:
    def change(documents: Documents) -> None:
        found = rule(documents, "immutable-tag")
        one(found, "immutable-tag").text = (one(found, "immutable-tag").text or "").rpartition(".")[0] + ".099"

    found = compare(read_export("a", simulated_files()), read_export("b", edited(simulated_files(), change)))
    assert [(each.kind, each.field) for each in found] == [("rule_other", "version of the standard rule")]


def test_a_disabled_rule_is_never_expected() -> None:
    def change(documents: Documents) -> None:
        _newer(documents)
        one(rule(documents, "immutable-tag"), "disabled").text = "True"

    found = compare(read_export("a", simulated_files()), read_export("b", edited(simulated_files(), change)))
    assert worst(found) == "refuse"
    assert {each.kind for each in found} == {"rule_version", "rule_state"}


def test_what_an_upgrade_made_of_each_rule() -> None:
    def newer_and_less(documents: Documents) -> None:
        _newer(documents)
        path = next(path for path, each in documents.items() if path.startswith(RULES) and each.findtext("name") == "In from AD - Contractors")
        del documents[path]

    before = read_export("before", simulated_files())
    after = read_export("after", edited(simulated_files(), newer_and_less))
    assert [(each["rule"].partition(" (")[0], each["what"]) for each in reset.became(before, after)] == [
        ("In from AD - Contractors", "removed"),
        (SOME_STANDARD, "new_version"),
    ]
    assert "added" in {each["what"] for each in reset.became(before=after, after=before)}
    assert reset.at_risk([before, before]) == []


def test_rules_of_one_name_are_told_apart() -> None:
    def twice(documents: Documents) -> None:
        custom(documents)
        found = rule(documents, "attribute-mappings/mapping")
        documents[f"{RULES}SynchronizationRule_copy.xml"] = found

    export = read_export("a", edited(simulated_files(), twice))
    assert len(export.rules) == len(simulated_files()) - 2
    assert len(compare(export, read_export("b", edited(simulated_files(), custom)))) == 1


def test_a_secret_is_neither_compared_nor_shown() -> None:
    files, other = simulated_files(), simulated_files("srv2")
    assert any(b"simulated secret" in data for data in files.values())
    assert "simulated secret" not in repr(read_export("a", files)) + repr(read_export("b", other))
    blob = "QUJD" * 80

    def change(documents: Documents) -> None:
        setting(documents, "Microsoft.UserSignIn.SignOnMethod").text = blob

    told = text.comparison(read_export("a", files), read_export("b", edited(files, change)))
    assert blob not in repr(told)
    assert told["differences"][0]["other"] == ["(opaque, 320 characters)"]


def test_the_wizards_file_is_compared_where_both_have_one() -> None:
    with_file = {
        **simulated_files(),
        "Wizard/Applied-SynchronizationPolicy-1.JSON": b'\xef\xbb\xbf{"selfServicePasswordReset": true, "a": [{"name": "x", "b": null}]}',
    }
    other = {**simulated_files(), "Wizard/Applied-SynchronizationPolicy-2.JSON": b'{"selfServicePasswordReset": false, "metadata": {"author": "me"}}'}
    assert compare(read_export("a", with_file), read_export("b", simulated_files())) == []
    assert [(each.kind, each.field) for each in compare(read_export("a", with_file), read_export("b", other))] == [
        ("wizard", "a[x]/name"),
        ("wizard", "selfServicePasswordReset"),
    ]
    assert not text.comparison(read_export("a", with_file), read_export("b", simulated_files()))["wizard_compared"]


@pytest.mark.parametrize("data", [b"{", b"[" * 100_000, b'{"a": ' * 200 + b"1" + b"}" * 200])
def test_a_wizards_file_that_cannot_be_read(data: bytes) -> None:
    with pytest.raises(Unreadable, match="Applied"):
        read_export("a", {**simulated_files(), "Wizard/Applied-SynchronizationPolicy-1.JSON": data})


@pytest.mark.parametrize("part", ["Connectors/", "GlobalSettings/", RULES])
def test_a_part_that_is_missing_is_no_export(part: str) -> None:
    with pytest.raises(Unreadable, match="no whole export"):
        read_export("a", {path: data for path, data in simulated_files().items() if not path.startswith(part)})


def test_an_unknown_part_is_not_passed_over() -> None:
    with pytest.raises(Unreadable, match="begins with <other>"):
        read_export("a", {**simulated_files(), "New/x.xml": b"<other/>"})


def test_the_text_tells_each_difference() -> None:
    told = text.comparison(read_export("srv1", simulated_files()), read_export("srv2", edited(simulated_files(), SEEDS["rule disabled"].change)))
    lines = text.lines(told)
    assert lines[0] == "srv2 against srv1: 1 stands against a switch"
    assert "      only srv2: True" in lines


def test_long_lists_are_cut() -> None:
    def change(documents: Documents) -> None:
        for _number in range(80):
            SEEDS["attribute selected"].change(documents)

    told = text.comparison(read_export("a", simulated_files()), read_export("b", edited(simulated_files(), change)))
    assert told["differences"][0]["other"][-1] == "and 30 more"


def test_a_schema_that_was_not_read_again() -> None:
    def change(documents: Documents) -> None:
        for path, element in documents.items():
            if path == "GlobalSettings/MV.xml":
                SubElement(SubElement(SubElement(one(element, "mv-data"), "schema"), "class", {"id": "x"}), "name").text = "person"

    found = compare(read_export("a", simulated_files()), read_export("b", edited(simulated_files(), change)))
    assert [(each.kind, each.other) for each in found] == [("schema", ("person",))]
