# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the product's verdict on the run histories agrees with the model's diary.

In process, on the model itself: no HTTP, one clock, also for servers that are down. What the histories cannot know is no disagreement: a
password-hash cycle, and staging mode that is off while no cycle begins, leave no run. So of the diary's overlaps only those count in which runs
or the tenant show that both exported; a gap may be told longer or shorter than the diary's by what the evidence leaves open, and by a
password-hash cycle.
"""

from __future__ import annotations

from collections.abc import Sequence

from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.history import Gap, Overlap, Verdict, judge
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.history_cycles import runs_of
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.history_data import ROLE_CHANGES, Entry, History
from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils._rules.runs import RunStep

from . import diary
from .model.cycle import HASH_SECONDS
from .model.server import ModelServer
from .model.world import World

SLACK = 0.01  # seconds; histories give microseconds
HASH_SLACK = HASH_SECONDS + SLACK


def verdict(world: World, journal: bool = True) -> Verdict:
    """What the product says of this world since it began. Under the lock of its clock.

    Args:
        journal: whether the journals are read; false where they are on the disk of a real engine.
    """
    histories = [_history(server, journal) for server in world.servers.values()]
    return judge(histories, world.started, world.clock.now, {})


def disagreements(world: World, journal: bool = True) -> list[str]:
    """Where verdict and diary differ, in words; empty where they agree."""
    with world.clock.lock:
        said, seen = verdict(world, journal), diary.overlaps(world.diary)
        found = [f"the histories say that {_names(each)} overlap, the diary does not" for each in said.overlaps if not _confirmed(each, world, seen)]
        told = {frozenset((each.first.server, each.second.server)) for each in said.overlaps}
        told |= {frozenset((one.server, two.server)) for one, two in said.close}
        missed = [each for each in seen if _shown(each, world) and {each.first, each.second} not in told]
        found += [f"the diary says that {each}, the histories do not" for each in missed]
        return found + [text for gap in said.gaps if (text := _gap(gap, world))]


def _history(server: ModelServer, journal: bool) -> History:
    now = server.world.clock.now
    runs = runs_of([RunStep.from_answer(run.values()) for run in server.cycles.history], 0.0, now)
    kept = [each for each in server.journal if each.get("function") in ROLE_CHANGES]
    entries = [Entry(each["moment"], each["function"], each["what"]) for each in kept] if journal else None
    return History(server.name, now, 0.0, runs, entries, _active(server))


def _active(server: ModelServer) -> bool | None:
    """As the product would read it, and false for a server that is down, which it could not read."""
    if not server.up or server.service != "Running" or server.quarantined:
        return False
    return None if server.staging and (server.cycles.in_progress or server.cycles.running) else not server.staging


def _names(overlap: Overlap) -> str:
    return f"{overlap.first.server} and {overlap.second.server}"


def _confirmed(overlap: Overlap, world: World, seen: Sequence[diary.Overlap]) -> bool:
    """By the diary; a likely one also by a break of the outer server's activity, and none where an identity was disabled, which no history knows."""
    names = {overlap.first.server, overlap.second.server}
    if any(world.servers[name].was_disabled for name in names):
        return True
    if any({each.first, each.second} == names and _meet((each.start, each.end), (overlap.start, overlap.end)) for each in seen):
        return True
    outer = overlap.first if overlap.first.start <= overlap.second.start else overlap.second
    ends = [each.end for each in world.diary.intervals if each.server == outer.server and each.end is not None]
    return not overlap.proved and any(outer.start <= end <= outer.end for end in ends)


def _meet(one: tuple[float, float | None], two: tuple[float, float]) -> bool:
    return one[0] <= two[1] + SLACK and (one[1] is None or one[1] >= two[0] - SLACK)


def _shown(overlap: diary.Overlap, world: World) -> bool:
    """Whether runs show that both exported meanwhile: two exports at once, or by turns as the tenant saw them."""
    end = world.clock.now if overlap.end is None else overlap.end
    turns = [each.server for each in world.tenant.exports if overlap.start < each.at < end and each.server in (overlap.first, overlap.second)]
    if any(one != two and one in turns[index + 2 :] for index, (one, two) in enumerate(zip(turns, turns[1:], strict=False))):
        return True
    first, second = (_exports(world.servers[name], overlap.start, end) for name in (overlap.first, overlap.second))
    return any(min(one[1], two[1]) > max(one[0], two[0]) for one in first for two in second)


def _exports(server: ModelServer, start: float, end: float) -> list[tuple[float, float]]:
    """Exports that ended well within this time."""
    runs = [run for run in server.cycles.history if run.step_type == "export" and run.ended is not None and run.result == "success"]
    return [(run.started, run.ended) for run in runs if run.ended is not None and run.started >= start and run.ended <= end]


def _gap(gap: Gap, world: World) -> str:
    """A told gap between two servers holds the diary's time in between."""
    if gap.before is None or gap.before.server == gap.after.server:
        return ""
    if any(world.servers[each.server].was_disabled for each in (gap.before, gap.after)):
        return ""
    last, first = gap.after.until + SLACK, gap.before.start - SLACK
    mine = [each for each in world.diary.intervals if each.server == gap.after.server and each.start <= last]
    other = [each for each in world.diary.intervals if each.server == gap.before.server and (each.end is None or each.end >= first)]
    if not mine or not other or mine[-1].end is None:
        return ""
    seconds = max(0.0, other[0].start - mine[-1].end)
    if gap.shortest - HASH_SLACK <= seconds <= gap.longest + HASH_SLACK:
        return ""
    pair = f"from {gap.after.server} to {gap.before.server}"
    return f"{pair} nobody exported for {seconds:.1f} s by the diary, for {gap.shortest:.1f} to {gap.longest:.1f} s by the histories"
