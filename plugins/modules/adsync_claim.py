# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (https://www.gnu.org/licenses/gpl-3.0.txt)
"""Documentation of the action plugin of the same name; there is no code here."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: adsync_claim
short_description: Take, show, or end the claim on all servers of a topology
version_added: 1.0.0
description:
  - A claim says who may change the servers of a topology, and for which goal. It lives on the servers themselves, so that a run from
    another controller sees it.
  - It is taken on every server, in the order of their machine ids, by comparing with what was read before. Of two operators who start at
    once only one gets it; the other one ends what it had taken, with the outcome V(incomplete).
  - A claim that was not ended stays live for O(lease) seconds after the last request under it, or for the announced length of a silent
    step. After that it is taken over without asking. A live one needs O(take_over).
  - Claims protect against other runs of this collection. A person in the wizard knows nothing of them; there only the hold protects.
  - All servers must answer, be different machines, serve one tenant, and be those of the last goal.
author: The hybrid_identity.entra_connect contributors (!UNKNOWN)
extends_documentation_fragment:
  - hybrid_identity.entra_connect.attributes
  - hybrid_identity.entra_connect.server
  - hybrid_identity.entra_connect.claim
attributes:
  diff_mode:
    support: none
    details: A claim is a right to change something and no value of the product.
  idempotent:
    support: partial
    details: O(state=present) takes a new claim each time. The other states change nothing the second time.
options:
  state:
    description: What to do with the claim.
    type: str
    choices:
      present: Take a new claim on all servers, with the goal of the options below.
      proved: Give the switch that was proved under O(claim) its number on all servers. A server whose number is lower later was restored
        or rebuilt since.
      absent: End the claim O(claim), or without it the newest one that is open, on all servers that hold it.
      query: Show who holds the servers, and the goal in force.
    default: query
  active:
    description: Goal, the inventory name of the server that is to be active. By default that of the goal in force, else the server that
      is active now.
    type: str
  version:
    description: Goal, the version of four numbers that all servers are to have. By default that of the goal in force, if any.
    type: str
  order:
    description: Goal, in which order a swing goes. By default that of the goal in force, else V(staging_first).
    type: str
    choices:
      staging_first: The staging servers are upgraded before the switch, as Microsoft describes it.
      switch_first: The roles are switched before any upgrade.
  method:
    description: Goal, how staging mode is changed. By default that of the goal in force, else V(wizard).
    type: str
    choices:
      wizard: A person does it in the wizard, which is the documented way.
      settings: By the global settings, unattended. Microsoft does not support this; choosing it is your consent.
  verb:
    description: Name of the playbook that claims, for instance V(switch_roles); it is kept with the goal. Leave it out for a claim by hand.
    type: str
  overrides:
    description: With O(state=present), gates that the run lets fail, each with the reason; the journal of every server keeps them.
    type: dict
    default: {}
  restored:
    description:
      - With O(state=present), servers whose snapshot was just brought back. They are marked as such, and are not promoted before an initial cycle on
        them, also where the number of the last switch does not tell it.
    type: list
    elements: str
    default: []
  claim:
    description:
      - With O(state=proved), the claim under which the switch was made. With O(state=absent), which claim is ended.
      - With O(state=present), the claim of the same run that the new one follows, after the snapshot of a server in O(restored) was brought back. It
        must still stand on all other servers, else somebody else has been at work meanwhile, and nothing is taken.
  take_over:
    description: With O(state=present), supersede a claim that is live. The run that held it stops at its next request.
    type: bool
    default: false
  lease:
    description:
      - Seconds that the claim stays live after each request of this task, by the clock of each server.
      - Requests of other modules under the claim renew it by 120 seconds, or by the value of the variable C(entra_connect_lease) where it
        is set. Give this option the same value then.
    type: int
    default: 120
  final_outcome:
    description:
      - With O(state=absent), the outcome that is kept with the goal, for instance V(done).
      - After V(done) only the version of the goal counts for later runs. An empty string leaves the goal open, so that a later run goes
        on from there.
    type: str
    default: ""
  timeout:
    description: Seconds that each request to a server may take; after that its result is unknown.
    type: int
    default: 60
seealso:
  - module: hybrid_identity.entra_connect.adsync_staging
  - module: hybrid_identity.entra_connect.adsync_hold
"""

EXAMPLES = r"""
# Ad hoc: ansible srv1 -m hybrid_identity.entra_connect.adsync_claim
# Ad hoc: ansible srv1 -m hybrid_identity.entra_connect.adsync_claim -a state=absent

- name: Show who holds the servers
  hybrid_identity.entra_connect.adsync_claim:
    state: query

- name: Claim all servers
  hybrid_identity.entra_connect.adsync_claim:
    state: present
    active: srv2
    version: 2.6.92.0
  register: entra_claim

- name: Hold a server under this claim
  hybrid_identity.entra_connect.adsync_hold:
    server: srv1
    claim: "{{ entra_claim.claim }}"

- name: End the claim and keep its goal as done
  hybrid_identity.entra_connect.adsync_claim:
    claim: "{{ entra_claim.claim }}"
    state: absent
    final_outcome: done
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
claim:
  description: Token of the claim that was taken, used or ended. Empty with O(state=query), in check mode with O(state=present), and
    where there was none to end.
  returned: success
  type: str
  sample: 3.5f2a9c0d1e7b
goal:
  description: The goal of the claim that was taken, or with O(state=query) the goal in force. Empty where there is none, and with other
    states.
  returned: success
  type: dict
  contains:
    active: {type: str, description: "Server that is to be active."}
    former: {type: str, description: "Server that was active before, or empty."}
    version: {type: str, description: "Version that all servers are to have; empty where versions are no part of it."}
    order: {type: str, description: "V(staging_first) or V(switch_first)."}
    method: {type: str, description: "V(wizard) or V(settings)."}
    verb: {type: str, description: "Playbook that claimed, or empty."}
    token: {type: str, description: "Token of the claim that brought it.", returned: O(state=query)}
    outcome: {type: str, description: "How it ended; empty while it is open.", returned: O(state=query)}
    members: {type: list, elements: str, description: "Machine ids of all servers.", returned: O(state=query)}
    member_names: {type: list, elements: str, description: "Their inventory names, in the same order.", returned: O(state=query)}
    tenant: {type: str, description: "Tenant at that time.", returned: O(state=query)}
  sample: {active: srv2, former: srv1, version: 2.6.92.0, order: staging_first, method: wizard, verb: swing_upgrade}
servers:
  description: The claim on each server, by inventory name.
  returned: success, and when a claim stands against it
  type: dict
  contains:
    claim: {type: str, description: "Its token, or empty where there never was one."}
    who: {type: str, description: "User and controller."}
    since: {type: str, description: "When it was taken, UTC, ISO 8601."}
    verb: {type: str, description: "Playbook that claimed, or empty."}
    live: {type: bool, description: "Whether it has not ended and its lease runs, by the server's clock."}
    ended: {type: bool, description: "Whether it has ended, or there is none."}
    answered: {type: bool, description: "Whether the server answered; if not, the other values say nothing."}
  sample:
    srv1: {claim: 3.5f2a9c0d1e7b, who: jo@awx-1, since: "2026-11-02T20:14:07.5120000Z", verb: swing_upgrade, live: true, ended: false, answered: true}
msg:
  description: Everything that stands against it, in plain sentences, each with what to do next.
  returned: failure
  type: str
  sample: "srv1 is claimed by somebody else (jo@awx-1 holds it since 2026-11-02T20:14:07.5120000Z with token 3.5f2a9c0d1e7b). Wait until
    that run has ended, or take over with -e entra_connect_take_over=true (module option take_over: true)."
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
    - code: claim_live
      server: srv1
      text: "srv1 is claimed by somebody else (jo@awx-1 holds it since 2026-11-02T20:14:07.5120000Z with token 3.5f2a9c0d1e7b)."
      next: "Wait until that run has ended, or take over with -e entra_connect_take_over=true (module option take_over: true)."
next_command:
  description: What to do next about the first refusal.
  returned: failure
  type: str
  sample: "Wait until that run has ended, or take over with -e entra_connect_take_over=true (module option take_over: true)."
"""
