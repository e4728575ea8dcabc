# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (https://www.gnu.org/licenses/gpl-3.0.txt)
"""Documentation of the action plugin of the same name; there is no code here."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: adsync_fence
short_description: Record that a server is declared out, and what keeps it from exporting
version_added: 1.0.0
description:
  - A server that is dead or cut off is declared out by name, in the variable C(entra_connect_declared_out) of the group. Its I(fence) is what
    keeps it from exporting. This module keeps the fence in the records of all other servers, so that every later run knows it.
  - C(entra_connect_declared_out) has an entry for each such server, with C(fence), C(reason), and C(evidence). The fence V(powered_off) needs the
    evidence, what shows that the machine is off. V(asserted) is a person's word and nothing else, and is shown as such in every plan, status
    and report. V(cloud) means that the cloud identity of that server is disabled.
  - With the fence V(cloud) the identity must read as disabled, with password writeback off on every other server. The fence counts once it has
    stood for 90 minutes and one scheduler interval, since a token that was issued before may live for an hour. Where the last export is
    another one meanwhile, the time begins anew. No option lowers it, and nothing waits.
  - Before an identity is disabled that reads as enabled, O(state=announced) records that it is about to be. Whatever happens next, C(rejoin)
    knows of it, and an identity that somebody had enabled again is disabled for 90 minutes anew before it counts.
  - A declared server is asked whether it answers, and one that answers is never out, whatever it answers.
  - With O(state=absent) the fence is taken away from a server that is back, quiet in staging mode, and with its identity enabled again. The
    playbook C(rejoin) does all of that.
author: The hybrid_identity.entra_connect contributors (!UNKNOWN)
extends_documentation_fragment:
  - hybrid_identity.entra_connect.attributes
  - hybrid_identity.entra_connect.server
  - hybrid_identity.entra_connect.claim
options:
  claim:
    description: Token of a claim on all servers. Needed for every O(state) but V(query), outside of check mode.
  state:
    description: What to do.
    type: str
    choices:
      query: Show every fence; changes nothing.
      present: Record the fence of O(fenced) as it is declared, on all servers that do not have it.
      announced: >-
        Record that the cloud identity of O(fenced) is about to be disabled, before it is; it is no fence yet, and the age of one that stood
        begins anew. With the fence V(cloud).
      absent: Take the fence of O(fenced) away from all servers.
    default: query
  fenced:
    description: Inventory name of the server that is declared out, or is back.
    type: str
  identity:
    description: Name of its cloud identity, with the fence V(cloud).
    type: str
  identity_enabled:
    description: Whether that identity is enabled, as it was read back, with the fence V(cloud).
    type: bool
  exported:
    description: When that server has exported last, as the cloud tells it, or V(never); with the fence V(cloud).
    type: str
  timeout:
    description: Seconds that each read of a server may take; after that the server counts as one that does not answer.
    type: int
    default: 60
seealso:
  - module: hybrid_identity.entra_connect.adsync_claim
  - module: hybrid_identity.entra_connect.adsync_plan
"""

EXAMPLES = r"""
# Ad hoc: ansible srv2 -m hybrid_identity.entra_connect.adsync_fence
# In the inventory, for the group:
#   entra_connect_declared_out:
#     srv3: {fence: powered_off, reason: "its host burnt", evidence: "ticket 4711, the hypervisor says poweredOff"}

- name: Claim all servers that are left
  hybrid_identity.entra_connect.adsync_claim:
    state: present
  register: entra_claim

- name: Record that srv3 is out
  hybrid_identity.entra_connect.adsync_fence:
    state: present
    claim: "{{ entra_claim.claim }}"
    fenced: srv3

- name: Record it with its cloud identity as the fence
  hybrid_identity.entra_connect.adsync_fence:
    state: present
    claim: "{{ entra_claim.claim }}"
    fenced: srv3
    identity: Sync_SRV3_4f0e1c2d
    identity_enabled: false
    exported: "2026-11-02 19:58:00 UTC"
"""

RETURN = r"""
outcome:
  description:
    - How it ended, in one word.
    - V(already) means that it was so before, and nothing was changed.
    - V(done) means that it is so now, and was read back.
    - V(planned) in check mode, what would be done; nothing was changed.
    - V(refused) means that something says no, see RV(refusals); nothing was changed.
    - V(needs_operator) means that the fence is recorded and not old enough; the same command goes on later, RV(next_command) says when.
    - V(incomplete) means that a part was done and the rest was not; the same request again goes on from there.
    - V(unknown) means that what is so cannot be told. Only a read, or the same request again, may follow.
  returned: always
  type: str
  sample: done
fences:
  description: Every fence in the records, and what is declared beyond them, by name of the fenced server.
  returned: success, and when a fence is not old enough
  type: list
  elements: dict
  contains:
    server: {type: str, description: "Inventory name of the server that is declared out."}
    kind: {type: str, description: "V(cloud), V(powered_off) or V(asserted)."}
    reason: {type: str, description: "Why it is out."}
    evidence: {type: str, description: "What shows it, or empty."}
    identity: {type: str, description: "Name of its cloud identity, with V(cloud)."}
    exported: {type: str, description: "Its last export as the cloud told it, with V(cloud)."}
    since: {type: str, description: "When it was recorded, UTC; empty where it is in no record yet."}
    by: {type: str, description: "Who held the claim then."}
    age_seconds: {type: int, description: "Its age by the clock of the server that has the youngest record of it."}
    declared: {type: bool, description: "Whether it is declared out now."}
    recorded_on: {type: list, elements: str, description: "Servers whose record has it."}
    text: {type: str, description: "What the kind means, in words."}
  sample:
    - server: srv3
      kind: powered_off
      reason: its host burnt
      evidence: ticket 4711, the hypervisor says poweredOff
      identity: ""
      exported: ""
      since: "2026-11-02T20:14:07.512000Z"
      by: ops@controller
      age_seconds: 12
      declared: true
      recorded_on: [srv1, srv2]
      text: powered off, by evidence
rejoin:
  description: With O(state=query) and O(fenced), what the playbook C(rejoin) needs to know; else empty.
  returned: success
  type: dict
  contains:
    fenced: {type: bool, description: "Whether the server has a fence."}
    kind: {type: str, description: "Its kind, or empty."}
    identity: {type: str, description: "Name of its cloud identity, or empty."}
    servers: {type: list, elements: str, description: "Names of all servers that are not declared out."}
    active: {type: str, description: "Name of the one other server that is active, or empty."}
    wanted: {type: str, description: "The same, or where there is none the server that the goal in force wants active."}
    begun: {type: bool, description: "Whether a rejoin was begun and has not ended."}
    unfinished: {type: bool, description: "Whether a failover or a rejoin has left a switch to finish: no other server is active, or not proved."}
before:
  description: The fences before the change.
  returned: success
  type: list
  elements: dict
after:
  description: The fences after the change; in check mode the same where one would be recorded.
  returned: success
  type: list
  elements: dict
diff:
  description: The values of RV(before) and RV(after).
  returned: in diff mode
  type: dict
  contains:
    before: {type: list, elements: dict, description: "The same as RV(before)."}
    after: {type: list, elements: dict, description: "The same as RV(after)."}
msg:
  description: Everything that stands against it, in plain sentences, each with what to do next.
  returned: failure
  type: str
  sample: "srv3 is declared out, but it answers. Take srv3 out of entra_connect_declared_out, and use switch_roles in the place of failover."
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
    - code: out_answers
      server: srv3
      text: "srv3 is declared out, but it answers."
      next: "Take srv3 out of entra_connect_declared_out, and use switch_roles in the place of failover."
next_command:
  description: What to do next about the first refusal.
  returned: failure
  type: str
  sample: "Take srv3 out of entra_connect_declared_out, and use switch_roles in the place of failover."
"""
