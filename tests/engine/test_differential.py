# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Both engines of the lab answer the same calls in the same world alike, and leave the same record, journal and world."""

from __future__ import annotations

import json

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils import _functions

from tests import needs
from tests.lab.twins import TWINS

from .differential import session
from .differential.acts import ACTS, WITH_SNAPSHOTS
from .differential.generate import NOT_COMPARED, sequence
from .differential.normalise import plain, record
from .differential.run import Told, differences
from .differential.session import SEED, SEQUENCES, Found
from .differential.shrink import shrink

needs_engine = needs.ENGINE


@needs_engine
def test_engines_agree(differential: Found) -> None:
    """Each disagreement is shown with its seed and the shortest steps that still disagree."""
    assert not differential.disagreements, "\n\n".join(differential.disagreements)
    # on a machine that is busy an answer may be late; more than one in a hundred would be more than that
    assert len(differential.unrepeated) <= differential.sequences // 100, "\n\n".join(differential.unrepeated)


@needs_engine
def test_a_planted_disagreement_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A twin that answers wrongly: it is seen, with its seed, and only the step that shows it is left."""
    right = TWINS["Get-EntraSyncRun"]
    monkeypatch.setitem(TWINS, "Get-EntraSyncRun", lambda server, **given: {**right(server, **given), "planted": True})
    read, runs = {"call": "Get-EntraSyncServer", "parameters": {}}, {"call": "Get-EntraSyncRun", "parameters": {"Newest": 3}}
    world = sequence(SEED)[0]
    monkeypatch.setattr(session, "sequence", lambda seed: [world, read, runs if seed == SEED + 1 else read, read])
    monkeypatch.setenv("ENTRA_LAB_SEQUENCES", "2")
    monkeypatch.setenv("ENTRA_LAB_SEED", str(SEED))
    (told,) = session.compare().disagreements
    lines = told.splitlines()
    assert (lines[0], [json.loads(line) for line in lines[1:3]]) == (f"seed {SEED + 1}:", [world, runs])
    assert "answer.planted: python True, pwsh '<absent>'" in lines[3]


def test_a_seed_is_a_sequence() -> None:
    """The same seed gives the same steps, another one others."""
    assert sequence(7) == sequence(7) != sequence(8)


def test_every_public_function_is_in_the_sequences() -> None:
    """But those that have a reason; the acts are all there too."""
    steps = [step for seed in range(SEED, SEED + SEQUENCES) for step in sequence(seed)]
    called = {step["call"] for step in steps if "call" in step}
    assert called | NOT_COMPARED.keys() == {path.stem for path in (_functions.FOLDER / "Public").glob("*.ps1")}
    assert {step["act"] for step in steps if "act" in step} == ACTS.keys() | WITH_SNAPSHOTS.keys()


def test_a_difference_is_seen_at_each_place() -> None:
    """An answer, its type, a missing key, the record and the world."""
    steps = [{"world": {}}, {"call": "Get-Thing", "parameters": {}}]
    one = Told([{"a": 1, "b": True}], {"record": record('{"serial": 1}'), "model": {"service": "Running"}})
    other = Told([{"a": 1, "b": 1}], {"record": record('{"serial": 2}'), "model": {"service": "Stopped"}})
    assert not differences(steps, one, one)
    assert [line.split(":")[0] for line in differences(steps, one, other)] == ["step 1 Get-Thing", "state.model.service", "state.record.serial"]
    assert differences(steps, Told([{"a": 1}], {}), Told([{}], {})) == ["step 1 Get-Thing: answer.a: python 1, pwsh '<absent>'"]


def test_only_times_and_tickets_are_made_alike() -> None:
    """A time is one word, none stays none; a ticket keeps its token; other text stays."""
    value = {"started": "2026-11-23T09:00:00.000000Z", "ended": "", "ticket": "2026-11-23T09:00:00Z|12.5|3.abc", "text": "2026 was good"}
    assert plain(value) == {"started": "<time>", "ended": "", "ticket": "<ticket>|3.abc", "text": "2026 was good"}


def test_shrinking_keeps_what_matters() -> None:
    """Two of nine steps disagree together: the others go."""
    steps = [{"world": {}}, *({"act": str(number)} for number in range(9))]
    left = shrink(steps, lambda some: {"act": "2"} in some and {"act": "7"} in some)
    assert left == [{"world": {}}, {"act": "2"}, {"act": "7"}]
