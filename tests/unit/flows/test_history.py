# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The look at what has been: a value that cannot be read is refused, and what was found ends the run as what it is."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._flows import history
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.refusals import Refusal

from .stage import Stage, ended


def test_a_time_that_cannot_be_read_is_refused() -> None:
    stage = Stage()
    assert ended(history.verify, stage.flow(), "yesterday", None, False) == ("refused", [("bad_time", "srv1")])
    assert stage.writing() == []


def test_what_was_found_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """An overlap is no result like another."""
    found = SimpleNamespace(ok=False, outcome="split", refusals=[Refusal("history_overlap", "")])
    monkeypatch.setattr(history, "judge", lambda *_given: found)
    monkeypatch.setattr(history, "values_of", lambda *_given: {})
    assert ended(history.verify, Stage().flow(), None, None, False) == ("split", [("history_overlap", "")])
