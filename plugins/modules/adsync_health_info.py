# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (https://www.gnu.org/licenses/gpl-3.0.txt)
"""Documentation of the action plugin of the same name; there is no code here."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: adsync_health_info
short_description: Tell how every server has been, new events apart from old ones
version_added: 1.0.0
description:
  - Reads on every server of the topology, side by side, the event log since a time, the services of Entra Connect and its agents, the last
    import of each connector and when password hashes were last synchronised. Changes nothing.
  - Known events are explained from a table, and judged. V(fail) is a reason to stop where it is new after a change, V(warn) is worth a look,
    V(report) is told.
  - With O(baseline), the answer to the same question before a change, what was there before at a similar rate is told as old.
  - A server, a log or a part that cannot be read is told as not read, and is never taken for quiet. The task does not fail for it.
author: The hybrid_identity.entra_connect contributors (!UNKNOWN)
extends_documentation_fragment:
  - hybrid_identity.entra_connect.attributes
  - hybrid_identity.entra_connect.attributes.read_only
  - hybrid_identity.entra_connect.server
options:
  since:
    description:
      - From when on events count, in UTC as ISO 8601.
      - By default since O(baseline) was taken, by each server's own clock, else seven days back.
    type: str
  baseline:
    description:
      - RV(servers) of an earlier answer, taken before the change.
      - Without it nothing is compared, and every event since O(since) counts as new.
    type: dict
  show:
    description: Show the answer as text too.
    type: bool
    default: false
  timeout:
    description: Seconds that each read of a server may take; after that the server counts as not read.
    type: int
    default: 60
seealso:
  - module: hybrid_identity.entra_connect.adsync_info
"""

EXAMPLES = r"""
# Ad hoc: ansible srv1 -m hybrid_identity.entra_connect.adsync_health_info

- name: Keep how the servers are before a change
  hybrid_identity.entra_connect.adsync_health_info:
  register: entra_before

- name: Read what is new after it
  hybrid_identity.entra_connect.adsync_health_info:
    baseline: "{{ entra_before.servers }}"
    show: true
  register: entra_after

- name: Stop where an event is new that should stop us
  ansible.builtin.assert:
    that: entra_after.serious == 0
"""

RETURN = r"""
outcome:
  description:
    - How it ended, in one word.
    - V(done) means that the servers were asked, whatever they told.
    - V(refused) means that an option cannot be meant.
    - V(unknown) means that the task was interrupted.
  returned: always
  type: str
  sample: done
ok:
  description: Whether every server was read whole and has no new event of the verdict V(fail).
  returned: success
  type: bool
  sample: true
serious:
  description: How many kinds of new events have the verdict V(fail), on all servers.
  returned: success
  type: int
  sample: 0
whole:
  description: Whether everything could be read on every server.
  returned: success
  type: bool
  sample: true
text:
  description: The same as lines of text, for people.
  returned: success
  type: list
  elements: str
  sample:
    - "srv1: new kinds of events since 2026-11-02T19:14:00Z: 0 serious, 1 to look at, 0 others; 2 kinds as before; 2 last imports well"
servers:
  description: How each server has been, by inventory name.
  returned: success
  type: dict
  contains:
    read: {type: bool, description: "Whether it gave an answer."}
    reason: {type: str, description: "Why it gave none."}
    now: {type: str, description: "Its own time when it was read."}
    since: {type: str, description: "From when on it was asked."}
    covered_from: {type: str, description: "From when on its event log tells; later than since where the log begins later."}
    compared: {type: bool, description: "Whether it was compared with what was there before."}
    active: {type: bool, description: "Whether it is active; null where that cannot be read, as while it is held."}
    new:
      type: list
      elements: dict
      description:
        - "Kinds of events that were not there before at a similar rate: log, provider, id, level, count, first, last, up to three messages,
          verdict (fail, warn, report), meaning, and what to do."
    old: {type: list, elements: dict, description: "Kinds of events that were there before, as in new."}
    not_read: {type: list, elements: str, description: "What this answer does not tell, one sentence each."}
    services: {type: list, elements: dict, description: "Each service with name, found (null where that is unknown), status and start_type."}
    imports: {type: list, elements: dict, description: "The last import of each connector with its result, and ok (null while it goes on)."}
    deletion_prevention: {type: str, description: "Its copy of whether the tenant limits deletions, which may be old; empty where unknown."}
    deletion_threshold: {type: str, description: "Its copy of the tenant's threshold for deletions, which may be old; empty where unknown."}
    role_entries: {type: list, elements: dict, description: "The newest lines of the journal about its role; null where it cannot be read."}
    role_changed: {type: str, description: "When its event log last told of a change of staging mode (event 212); empty where it does not."}
    password_hashes:
      type: dict
      description: "Whether their age was checked (on the active server, where they are synchronised), last, age_seconds and late."
    certificate:
      type: dict
      description: "Whether the end of its sign-in certificate is known (checked), ends, days until then, and whether that is soon."
msg:
  description: What stands against it, in plain sentences, each with what to do next.
  returned: failure
  type: str
  sample: "since is 'yesterday', which is no time."
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
  sample: "Write UTC as ISO 8601, for instance 2026-11-02T20:00:00Z."
"""
