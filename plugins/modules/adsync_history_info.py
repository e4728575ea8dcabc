# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (https://www.gnu.org/licenses/gpl-3.0.txt)
"""Documentation of the action plugin of the same name; there is no code here."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: adsync_history_info
short_description: Tell from the run histories whether two servers ever exported at once
version_added: 1.0.0
description:
  - Reads the run history of every server of the topology, and where it can be read the journal of this collection there, and puts them on
    one time line by each server's own clock.
  - A cycle with exports proves that its server was active from the cycle's start to the end of its last export. A whole cycle without
    exports proves that it was in staging mode by the cycle's start. What this collection did itself sharpens the edges.
  - It fails where two servers were active at once (RV(outcome=split)), or where that cannot be told (RV(outcome=unknown)). A server that
    does not answer, a history without runs, and times that are closer than the clocks may be off are never taken for clean.
  - Two things leave no run, so that no history tells them. They are a password-hash cycle, and staging mode that was off while no cycle
    began.
  - ADSync keeps its history for seven days unless that was changed. Where a history begins later than the time that was asked about, the
    verdict says so and is about the time from there on.
author: The hybrid_identity.entra_connect contributors (!UNKNOWN)
extends_documentation_fragment:
  - hybrid_identity.entra_connect.attributes
  - hybrid_identity.entra_connect.attributes.read_only
  - hybrid_identity.entra_connect.server
options:
  since:
    description:
      - From when on, in UTC as ISO 8601.
      - By default it is an hour before the demotion of the last switch that this collection proved. Where no journal tells of one, it is a day ago.
    type: str
  last_exporter:
    description:
      - Who exported last as the tenant tells, C(server) (inventory name) and C(at) (UTC, ISO 8601).
      - Without it that is not checked, and the text says so.
    type: dict
  show:
    description: Show the verdict as text too.
    type: bool
    default: false
  timeout:
    description: Seconds that each read of a server may take; after that the server counts as not read.
    type: int
    default: 60
seealso:
  - module: hybrid_identity.entra_connect.adsync_invariant
"""

EXAMPLES = r"""
# Ad hoc: ansible srv1 -m hybrid_identity.entra_connect.adsync_history_info

- name: Was there ever an overlap since the last switch?
  hybrid_identity.entra_connect.adsync_history_info:
    show: true

- name: The same for one night
  hybrid_identity.entra_connect.adsync_history_info:
    since: "2026-11-02T20:00:00Z"
  register: entra_history

- name: Show it
  ansible.builtin.debug:
    msg: "{{ entra_history.text }}"
"""

RETURN = r"""
outcome:
  description:
    - How it ended, in one word.
    - V(done) means that no two servers exported at once, as far as the histories tell.
    - V(split) means that two servers were active at once.
    - V(unknown) means that it cannot be told.
    - V(refused) means that an option cannot be read.
  returned: always
  type: str
  sample: done
ok:
  description: Whether there was no overlap, as far as all histories tell.
  returned: when the servers were asked
  type: bool
  sample: true
text:
  description: The verdict as lines of text, for people; the first one says it all.
  returned: when the servers were asked
  type: list
  elements: str
  sample:
    - "no overlap; nobody exported for 6 min 12 s"
    - "from 2026-11-02T19:14:00Z to 2026-11-02T21:40:11Z, by the run histories"
since:
  description: From when on it was asked.
  returned: when the servers were asked
  type: str
  sample: "2026-11-02T19:14:00Z"
covered_from:
  description: From when on the histories of all servers that were read tell; later than RV(since) where one of them begins later.
  returned: when the servers were asked
  type: str
  sample: "2026-11-02T19:14:00Z"
until:
  description: Until when, by the controller's clock.
  returned: when the servers were asked
  type: str
  sample: "2026-11-02T21:40:11Z"
spans:
  description: The times in which a server was active, in their order. Between the proofs in one it is likely.
  returned: when the servers were asked
  type: list
  elements: dict
  contains:
    server: {type: str, description: "Inventory name."}
    began_after: {type: str, description: "The last time before it when the server was not active; empty where nothing tells."}
    start: {type: str, description: "The first proof that it was active."}
    end: {type: str, description: "The last proof that it was active."}
    ended_by: {type: str, description: "The first proof that it was not active any more; empty where there is none."}
    exporting_cycles: {type: int, description: "How many cycles with exports are in it."}
gaps:
  description: The times in which nobody was active.
  returned: when the servers were asked
  type: list
  elements: dict
  contains:
    after: {type: str, description: "Who was active before it."}
    before: {type: str, description: "Who was active after it; empty where it still lasts."}
    shortest: {type: float, description: "Seconds that it lasted at least."}
    longest: {type: float, description: "Seconds that it lasted at most."}
    text: {type: str, description: "The same in words."}
overlaps:
  description: The times in which two servers were active.
  returned: when the servers were asked
  type: list
  elements: dict
  contains:
    start: {type: str, description: "When it began at the latest."}
    end: {type: str, description: "When it ended at the earliest."}
    seconds: {type: float, description: "How long that is."}
    proved: {type: bool, description: "False where they exported by turns, and a person may have switched twice instead."}
    spans: {type: list, elements: dict, description: "The spans of both servers, as in RV(spans)."}
reaches_back:
  description: By server, whether its history reaches back to RV(since).
  returned: when the servers were asked
  type: dict
  sample: {srv1: true, srv2: true}
last_exporter:
  description: Who exported last as the tenant tells, or C(not checked).
  returned: when the servers were asked
  type: str
  sample: not checked
servers:
  description: How each server could be read, by inventory name.
  returned: when the servers were asked
  type: dict
  contains:
    read: {type: bool, description: "Whether its history could be read."}
    reason: {type: str, description: "Why it could not."}
    journal_read: {type: bool, description: "Whether its journal could be read, which makes edges exact."}
    clock_ahead: {type: float, description: "Seconds that its clock is ahead of the controller's."}
    uncertainty: {type: float, description: "Seconds that this may be wrong by."}
msg:
  description: Everything that stands against it, in plain sentences, each with what to do next.
  returned: failure
  type: str
  sample: "By their run histories srv1 and srv2 were active at the same time."
refusals:
  description: Everything that stands against it, as data.
  returned: always, empty on success
  type: list
  elements: dict
  contains:
    code: {type: str, description: "Stable name of the reason."}
    server: {type: str, description: "Inventory name of the server, or empty where the topology as a whole is meant."}
    text: {type: str, description: "What is wrong, in one sentence."}
    next: {type: str, description: "What to do next."}
  sample: []
next_command:
  description: What to do next about the first of them.
  returned: failure
  type: str
  sample: "Bring the service ADSync of srv2 up, or release its hold, then run the same command again."
"""
