# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of guards fits the sources: every check is in it once, and it names no check that there is not."""

from __future__ import annotations

from collections import Counter

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.codes import codes
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.guards import Guard, guard, guards
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.switch_table import rows

from tests.guards.sites import DYNAMIC, Site, sites

SITES = sites()
INVARIANTS = {"S1", "S2", "S3", "S4", "S5", "S6", "S7", "L1"}
BY_GUARD = pytest.mark.parametrize("each", guards(), ids=lambda each: each.id)


def keys(each: Guard) -> set[tuple[str, str]]:
    """Place and code of what a guard claims; what is judged elsewhere has no code of its own there."""
    return {(each.at, DYNAMIC)} if each.judged else {(each.at, code) for code in each.codes}


def test_the_sources_are_read() -> None:
    """Else the tests below would look at nothing."""
    assert len([site for site in SITES if not site.server]) > 120
    assert len([site for site in SITES if site.server]) > 80


@pytest.mark.parametrize("site", SITES, ids=lambda site: f"{site.path.name}:{site.line}")
def test_every_check_belongs_to_exactly_one_guard(site: Site) -> None:
    """A check without an entry is one that neither documentation nor model know; add it to _rules/guards.yml."""
    owners = [each.id for each in guards() if keys(each) & {(site.at, code) for code in site.codes}]
    assert len(owners) == 1, f"{site.path}:{site.line}: {site.at} gives {', '.join(site.codes)}; in guards.yml: {owners or 'no entry'}"


@BY_GUARD
def test_every_guard_stands_where_it_says(each: Guard) -> None:
    """Every code that it claims is given at that place."""
    assert keys(each) <= {(site.at, code) for site in SITES for code in site.codes}


@BY_GUARD
def test_a_guard_is_told_in_known_words(each: Guard) -> None:
    """Codes of the table of codes, an invariant of the design, one whole sentence, and guards that there are."""
    assert set(each.codes) <= set(codes())
    assert len(set(each.codes)) == len(each.codes) > 0
    assert each.protects in INVARIANTS
    assert each.why[0].isupper()
    assert each.why.endswith(".")
    assert each.id not in each.covered_by
    assert all(guard(name) for name in each.covered_by)


def test_no_name_is_given_twice() -> None:
    """Rows and other guards name them."""
    assert [name for name, count in Counter(each.id for each in guards()).items() if count > 1] == []
    with pytest.raises(KeyError):
        guard("wait")


def test_every_guard_of_a_row_is_in_the_table() -> None:
    """And stands there once."""
    for row in rows():
        assert all(guard(name) for name in row.guards)
        assert len(set(row.guards)) == len(row.guards) > 0


def test_what_no_late_request_gets_past_stands_on_the_server() -> None:
    """The guards against late and repeated requests are not the caller's."""
    named = {"server_token_equal", "server_ticket_young", "server_claim_complete", "server_target_staging", "server_one_at_a_time"}
    assert {each.id for each in guards() if each.server} >= named
    assert not guard("promotion_judged").server
