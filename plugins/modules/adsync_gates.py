# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (https://www.gnu.org/licenses/gpl-3.0.txt)
"""Documentation of the action plugin of the same name; there is no code here."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: adsync_gates
short_description: Run the gates of one moment on fresh reads of all servers
version_added: 1.0.0
description:
  - Reads all servers of a topology side by side and runs the gates that belong to O(moment). It changes nothing. The gates that run before
    anything changes are those of M(hybrid_identity.entra_connect.adsync_plan).
  - All gates of the moment run, and all failures are listed at once. One that fails refuses, unless O(overrides) gives a reason; G1, G2, G3 and
    G10 can never be overridden.
  - The role C(switch) uses it between the target's catch-up cycle and its promotion, the roles C(validate) and C(finish) use it afterwards, the
    role C(rejoin) uses it before it claims.
author: The hybrid_identity.entra_connect contributors (!UNKNOWN)
extends_documentation_fragment:
  - hybrid_identity.entra_connect.attributes
  - hybrid_identity.entra_connect.attributes.read_only
  - hybrid_identity.entra_connect.server
  - hybrid_identity.entra_connect.claim
options:
  moment:
    description: Which gates run.
    type: str
    required: true
    choices:
      between: Nobody is active; the target has caught up and is promoted next.
      after: The switch is done.
      rejoin: A server that was declared out is about to be taken back; only O(custom_gates) run.
  target:
    description: Inventory name of the server that is promoted next, or that was; before a rejoin the one that is active, or empty.
    type: str
    required: true
  former:
    description: Inventory name of the server that was active before; empty where none was.
    type: str
    default: ""
  version:
    description: Version that all servers are to have; empty where versions are no part of the goal.
    type: str
    default: ""
  method:
    description: How staging mode is changed.
    type: str
    choices:
      wizard: A person does it in the wizard.
      settings: By the global settings, which Microsoft does not support.
    default: wizard
  max_pending:
    description: The budget, as in M(hybrid_identity.entra_connect.adsync_plan).
    type: dict
    default: {deletes: 0}
  overrides:
    description: Gates that may fail, by id, each with the reason as its value.
    type: dict
    default: {}
  thresholds:
    description: Numbers by which gates judge, instead of their defaults; C(docs/gates.md) lists them. One that there is not refuses.
    type: dict
    default: {}
  custom_gates:
    description:
      - Gates of your own. They run before anything changes, here with O(moment=rejoin) only; else their ids are needed, so that their overrides
        are known.
      - Each has V(id), V(query) (a JMESPath expression over the document of all facts, see C(docs/own_gates.md)), V(expect) (what it must give) and
        V(message) (what is wrong where it does not). The controller needs the Python package C(jmespath).
    type: list
    elements: dict
    default: []
  evidence:
    description:
      - What other read-only modules found, by kind. A kind that is absent was not checked, which the gate that needs it says.
      - Of the kind C(catch_up) are the RV(hybrid_identity.entra_connect.adsync_sync_cycle#module:runs) of the target's cycle since the demotion.
    type: dict
    default: {}
  read_health:
    description:
      - Read over the same sessions how every server has been since the kind C(health) of O(evidence) was taken, as
        M(hybrid_identity.entra_connect.adsync_health_info) does, and judge it.
    type: bool
    default: false
  close_timeout:
    description:
      - With O(moment=between), seconds to wait until a wizard, a Synchronization Service Manager or an installer that somebody has opened is closed;
        after that gate G10 refuses. Not in check mode.
    type: int
    default: 300
  poll_interval:
    description: Seconds between two looks.
    type: float
    default: 10.0
  timeout:
    description: Seconds that the read of each server may take; after that the server counts as one that does not answer.
    type: int
    default: 60
seealso:
  - module: hybrid_identity.entra_connect.adsync_plan
"""

EXAMPLES = r"""
# Ad hoc: ansible srv1 -m hybrid_identity.entra_connect.adsync_gates -a 'moment=after target=srv1'

- name: Judge the target once more while nobody is active
  hybrid_identity.entra_connect.adsync_gates:
    moment: between
    target: srv2
    former: srv1
    claim: "{{ entra_token }}"
    evidence:
      catch_up: "{{ entra_cycle.runs }}"

- name: Judge all servers after the switch, with what is new in their event logs since the evidence was taken
  hybrid_identity.entra_connect.adsync_gates:
    moment: after
    target: srv2
    evidence: "{{ entra_read.evidence }}"
    read_health: true
"""

RETURN = r"""
outcome:
  description:
    - How it ended, in one word.
    - V(done) means that no gate of this moment fails.
    - V(refused) means that something says no, see RV(refusals).
    - V(incomplete) means that the claim is not in force any more.
    - V(unknown) means that what is so cannot be told.
  returned: always
  type: str
  sample: done
gates:
  description: Every gate of this moment.
  returned: when the servers were read
  type: list
  elements: dict
  contains:
    id: {type: str, description: "Its stable id, for O(overrides).", sample: G10}
    title: {type: str, description: "What it wants.", sample: nothing else is in progress}
    verdict: {type: str, description: "V(pass), V(warn) or V(fail); one that is overridden warns.", sample: pass}
    evidence: {type: str, description: "What it saw, with the reason of an override."}
    text: {type: list, elements: str, description: "What stands against it, in plain sentences."}
health:
  description: With O(read_health), RV(hybrid_identity.entra_connect.adsync_health_info#module:servers); else empty.
  returned: when the servers were read
  type: dict
msg:
  description: Everything that stands against it, in plain sentences, each with what to do next.
  returned: failure
  type: str
  sample: "The wizard is open on srv2. Close it, then run the same command again."
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
  sample: []
next_command:
  description: What to do next about the first refusal.
  returned: failure
  type: str
  sample: "Close it, then run the same command again."
"""
