# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many sessions a run opens to each server: on a real one each costs a second or two, and where it lacks our module the functions' text."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from .stage import staged
from .verbs import VERBS
from .wire import InProcessSession

# the most that any server sees: what a run opens today, in virtual time, so that it is the same on every machine
MOST = {
    ("switch_settings_2", True): 2,  # one reads the evidence, one the plan
    ("switch_settings_2", False): 25,
    ("switch_wizard_2", False): 27,
    ("swing_staging_first_2", False): 34,
}


@pytest.mark.parametrize(("name", "check"), MOST)
def test_a_run_opens_no_more_sessions(name: str, check: bool) -> None:
    """Whoever adds a task that asks the servers raises the number, and knows what it costs."""
    opened: Counter[str] = Counter()

    class Counted(InProcessSession):
        used = False

        def call(self, function: str, **parameters: Any) -> dict[str, Any]:
            if not self.used:
                self.used = True
                opened[self.name] += 1
            return super().call(function, **parameters)

    with staged(VERBS[name]) as stage:
        stage.wire.session = lambda name: Counted(name, stage.wire)  # type: ignore[method-assign]
        done = stage.run(check)
    print(f"{name}{' in check mode' if check else ''}: {dict(opened)} sessions, {len(stage.wire.log)} requests")
    assert done.outcome == ("planned" if check else "done")
    assert max(opened.values()) <= MOST[name, check]
