# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (https://www.gnu.org/licenses/gpl-3.0.txt)
"""Documentation of the action plugin of the same name; there is no code here."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: adsync_staging
short_description: Demote a server to staging, or promote it to active
version_added: 1.0.0
description:
  - To I(demote) is to turn staging mode on and to wait until the server is quiet. It asks its own server only, holds nobody, and is
    always allowed, also where two servers are active. On a server with a wrong or broken hold it mends the hold, behind a firewall rule
    that blocks what the engine would send.
  - To I(promote) is to turn staging mode off. In the same task all servers of the topology are read, all others must be in an unbroken
    hold, what the target would export must be inside O(max_pending), and exactly O(expected_active) must be active, which the module
    refuses otherwise. It never demotes or holds another server by itself; the refusal says with which command to do that.
  - A cycle that has begun keeps exporting after staging mode is turned on, so a demotion waits for the cycle and not for the setting.
  - Without O(claim) a demotion takes a claim of its own on its server, which supersedes any other, and a promotion one on all servers.
    It is ended afterwards.
author: The hybrid_identity.entra_connect contributors (!UNKNOWN)
extends_documentation_fragment:
  - hybrid_identity.entra_connect.attributes
  - hybrid_identity.entra_connect.server
  - hybrid_identity.entra_connect.claim
  - hybrid_identity.entra_connect.waits
options:
  enabled:
    description: Whether staging mode is to be on. V(true) demotes, V(false) promotes.
    type: bool
    required: true
  method:
    description: How staging mode is changed.
    type: str
    choices:
      wizard: A person does it in the wizard on the server, the documented way. The task tells what to click, and ends when staging mode
        reads back and the
        wizard is closed.
      settings: By the global settings, unattended. Microsoft does not support this; choosing it is your consent. From version 2.5.3.0 on
        it cannot promote
        where password writeback is on, and refuses before anything changes.
    default: wizard
  expected_active:
    description:
      - Inventory name of the server that you know to be active now, or an empty string where you know that none is.
      - Required where O(enabled=false). Since the others must be held, only V("") can succeed unless the target is active already.
    type: str
  evidence_max_age:
    description:
      - For a promotion with O(method=settings), seconds that the reads of the other servers may be old. The target issues a ticket
        before these reads, and measures its age itself, on a clock that nobody sets.
    type: int
    default: 30
  max_pending:
    description:
      - For a promotion, the budget. It has the keys V(adds), V(updates) and V(deletes), the objects that each connector may have pending
        for export.
      - V(deletes) is 0 where it is absent; any other kind that is absent is unlimited. Numbers that cannot be read refuse as well.
    type: dict
    default: {deletes: 0}
  take_over:
    description: For a promotion without O(claim), supersede a claim that is live.
    type: bool
    default: false
notes:
  - A deletion that arrives between the last look and the first export is found afterwards, not prevented.
  - With O(method=wizard) there is no ticket. The other servers are read at each poll, and where one of them is not held any more the
    task tells the person to stop. Only the holds protect against a click that lands all the same.
  - A promotion whose result is unknown may still land. Only the same target may follow, or that server is held first.
seealso:
  - module: hybrid_identity.entra_connect.adsync_hold
  - module: hybrid_identity.entra_connect.adsync_invariant
  - module: hybrid_identity.entra_connect.adsync_claim
"""

EXAMPLES = r"""
# Ad hoc: ansible srv1 -m hybrid_identity.entra_connect.adsync_staging -a 'enabled=true method=settings'

- name: Demote srv1, with a person at its wizard
  hybrid_identity.entra_connect.adsync_staging:
    server: srv1
    enabled: true
    wizard_timeout: 1800

- name: Hold srv1
  hybrid_identity.entra_connect.adsync_hold:
    server: srv1
    state: held

- name: Promote srv2, unattended, with at most 500 updates for each connector and no deletion
  hybrid_identity.entra_connect.adsync_staging:
    server: srv2
    enabled: false
    method: settings
    expected_active: ""
    max_pending:
      updates: 500
      deletes: 0
"""

RETURN = r"""
outcome:
  description:
    - How it ended, in one word.
    - V(already) means that it was so before, and nothing was changed.
    - V(done) means that it is so now, and was read back.
    - V(planned) in check mode, what would be done; nothing was changed.
    - V(refused) means that something says no, see RV(refusals); nothing was changed.
    - V(incomplete) means that a part was done and the rest was not; the same request again goes on from there.
    - V(unknown) means that what is so cannot be told. Only a read, or the same request again, may follow.
  returned: always
  type: str
  sample: done
role:
  description: Role of the server now, V(active), V(staging), or V(held) where a hold was mended or is unbroken.
  returned: success
  type: str
  sample: active
before:
  description:
    - The state before the change.
    - For a promotion the role of each server, by inventory name; for a demotion C(role) of the server, and C(hold) where a hold was
      mended.
  returned: success
  type: dict
  sample: {srv1: held, srv2: staging}
after:
  description: The state after the change, or in check mode as it would be, in the form of RV(before).
  returned: success
  type: dict
  sample: {srv1: held, srv2: active}
evidence:
  description: What the promotion rests on, by inventory name.
  returned: O(enabled=false), when the servers were read
  type: dict
  contains:
    role: {type: str, description: "V(active), V(staging), V(held) or V(unknown)."}
    reason: {type: str, description: "Why it is that role, in words."}
    read_at: {type: str, description: "The controller's time of the read, UTC, ISO 8601."}
  sample:
    srv1: {role: held, reason: "down by us for 3 min, staging read on, not started since", read_at:
      "2026-11-02T20:14:07.512Z"}
    srv2: {role: active, reason: both readings agree, read_at: "2026-11-02T20:14:09.004Z"}
evidence_age:
  description: Seconds between the ticket and the end of the reads that the promotion rests on. With O(method=wizard) there is no ticket,
    and it is 0.
  returned: when a server was promoted
  type: float
  sample: 1.4
claim:
  description: The claim under which it was done; empty where the task took one of its own, which is ended again.
  returned: success
  type: str
  sample: 3.c57e1d71cb5a
waited:
  description: Seconds that the task took, with its waits for an idle server, for a quiet one and for a person.
  returned: success
  type: float
  sample: 192.4
ansible_facts:
  description: Facts that are added to the host, so that later tasks of the run can show for how long nobody exports.
  returned: when a server was demoted or promoted
  type: dict
  contains:
    entra_connect_zero_since:
      description: The controller's monotonic clock in seconds when the active server had been demoted; V(0) after a promotion.
      type: float
diff:
  description: The values of RV(before) and RV(after).
  returned: in diff mode
  type: dict
  contains:
    before: {type: dict, description: "The same as RV(before)."}
    after: {type: dict, description: "The same as RV(after)."}
msg:
  description: Everything that stands against it, in plain sentences, each with what to do next.
  returned: failure
  type: str
  sample: "srv1 is not held (staging). Hold it first: ansible srv1 -m hybrid_identity.entra_connect.adsync_hold -a state=held."
refusals:
  description: Everything that stands against it, as data. All of it is listed, not only the first.
  returned: failure
  type: list
  elements: dict
  contains:
    code: {type: str, description: "Stable name of the reason."}
    server: {type: str, description: "Inventory name of the server, or empty where the topology as a whole is meant."}
    text: {type: str, description: "What is wrong, in one sentence."}
    next: {type: str, description: "What to do next."}
  sample:
    - code: not_held
      server: srv1
      text: "srv1 is not held (staging)."
      next: "Hold it first: ansible srv1 -m hybrid_identity.entra_connect.adsync_hold -a state=held."
next_command:
  description: What to do next about the first refusal.
  returned: failure
  type: str
  sample: "Hold it first: ansible srv1 -m hybrid_identity.entra_connect.adsync_hold -a state=held."
"""
