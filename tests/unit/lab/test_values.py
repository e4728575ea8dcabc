# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values survive the way there and back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypsrp.powershell import RunspacePool

from tests.equal import same

from ...lab.host import LabHost
from .client import run

# What XML 1.0 cannot carry, neither side escapes: lone surrogates and the two non-characters.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=40)
SCALAR = st.one_of(st.booleans(), st.integers(-(2**31), 2**31 - 1), TEXT)
GIVEN = st.one_of(SCALAR, st.lists(st.one_of(SCALAR, st.none(), st.lists(SCALAR, max_size=3)), max_size=4), st.dictionaries(TEXT, SCALAR, max_size=3))
RECORD = st.dictionaries(
    st.text("abc_", min_size=1, max_size=5), st.one_of(SCALAR, st.none(), st.integers(-(2**63), 2**63 - 1)), min_size=1, max_size=4
)
ANSWER = st.dictionaries(
    st.text("abc_", min_size=1, max_size=5),
    st.one_of(SCALAR, st.none(), st.lists(st.one_of(SCALAR, st.none()), max_size=4), st.lists(RECORD, max_size=3), RECORD),
    min_size=1,
    max_size=5,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=GIVEN)
def test_a_parameter_arrives_as_it_was_sent(host: LabHost, pool: RunspacePool, value: Any) -> None:
    run(pool, "Get-Echo", Value=value)
    assert same(host.recorder.calls[-1].parameters, {"Value": value})


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answer=ANSWER)
def test_an_answer_arrives_as_it_was_given(host: LabHost, pool: RunspacePool, answer: dict[str, Any]) -> None:
    host.engine.answer = answer  # type: ignore[attr-defined]
    assert same(run(pool, "Get-Answer"), ([answer], []))


@pytest.mark.parametrize(("part", "size"), [("ü😀_x0041_\r\n", 100_000), ("x", 1_000_000)])
def test_long_text_goes_there_and_back(host: LabHost, pool: RunspacePool, part: str, size: int) -> None:
    text = part * (size // len(part))
    assert run(pool, "Get-Echo", Value=text) == ([{"got": {"Value": text}}], [])


def test_a_parameter_without_a_value_is_a_switch(host: LabHost, pool: RunspacePool) -> None:
    run(pool, "Get-Echo", Flag=None)
    assert host.recorder.calls[-1].parameters == {"Flag": True}


def test_none_is_no_output_and_a_list_is_several(host: LabHost, pool: RunspacePool) -> None:
    host.engine.answer = None  # type: ignore[attr-defined]
    assert run(pool, "Get-Answer") == ([], [])
    host.engine.answer = [{"a": 1}, {"a": 2}]  # type: ignore[attr-defined]
    assert run(pool, "Get-Answer") == ([{"a": 1}, {"a": 2}], [])


def test_what_the_lab_cannot_send_is_an_error(host: LabHost, pool: RunspacePool) -> None:
    host.engine.answer = {"a": {1, 2}}  # type: ignore[attr-defined]
    assert run(pool, "Get-Answer")[1][0][0] == "LabDefect"
