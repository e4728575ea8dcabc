# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (https://www.gnu.org/licenses/gpl-3.0.txt)
"""Documentation of the action plugin of the same name; there is no code here."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: adsync_plan
short_description: Run every gate and derive the steps that lead to the wanted end state
version_added: 1.0.0
description:
  - Reads all servers of a topology, derives the wanted end state, runs every gate, and makes the plan of the remaining steps. It changes
    nothing.
  - What is not given comes from the goal of an earlier run that did not finish, which the servers' records keep, else from the defaults.
    Thus the same plan goes on from wherever a run has stopped.
  - A I(gate) is a named check with a verdict and evidence. All gates run, and all failures are listed at once. One that fails refuses
    the plan, unless O(overrides) gives a reason; G1, G2, G3 and G10 can never be overridden.
author: The hybrid_identity.entra_connect contributors (!UNKNOWN)
extends_documentation_fragment:
  - hybrid_identity.entra_connect.attributes
  - hybrid_identity.entra_connect.attributes.read_only
  - hybrid_identity.entra_connect.server
options:
  active:
    description:
      - Inventory name of the server that is to be active.
      - By default that of an unfinished goal; else the active server if it has the wanted version; else the first staging server by name.
      - Required where no server is active and no claim tells.
    type: str
  dead:
    description:
      - Inventory name of the active server that died, whose place another one takes. It must be declared out, and no other server may be active
        but the one that has taken over.
      - Then by default the first staging server by name is to be active.
    type: str
  version:
    description: Version of four numbers that all servers are to have. By default that of the goal in force; required where O(upgrade)
      and there is none.
    type: str
  upgrade:
    description: Whether versions are a part of the end state. V(false) plans a switch of the roles only.
    type: bool
    default: true
  rollback:
    description:
      - Undo the goal in force. The server that was active when it was set is to be active again, and O(upgrade) is V(false).
      - A rollback that was begun or is done keeps its target. An O(active) that is another server refuses.
    type: bool
    default: false
  verb:
    description: Name of the playbook that plans, which its claim keeps with the goal. With O(rollback) it is V(rollback).
    type: str
  msi:
    description:
      - I(AzureADConnect.msi), needed where the wizard of a server is below O(version). A file on the controller, a file in our folder on the
        servers, or a full path there, as in M(hybrid_identity.entra_connect.adsync_upgrade).
      - Its checksum is looked at here, and where a server has the file already, its signature and product too. Nothing is sent.
    type: str
  msi_sha256:
    description: SHA-256 checksum of O(msi), 64 hexadecimal digits. Needed together with O(msi).
    type: str
  order:
    description: In which order the swing goes. By default that of an unfinished goal, else V(staging_first).
    type: str
    choices:
      staging_first: The staging servers are upgraded before the switch, as Microsoft describes it.
      switch_first: The roles are switched before any upgrade. The new active server is on the old version first, so the plan may have
        two switches.
  method:
    description: How staging mode is changed. By default that of an unfinished goal, else V(wizard).
    type: str
    choices:
      wizard: A person does it in the wizard, which is the documented way.
      settings: By the global settings, unattended. Microsoft does not support this; choosing it is your consent, and the plan says so.
  operator_ready:
    description: Whether a person is ready where the plan needs one at a wizard. Where one is needed and it is V(false), the outcome is
      V(needs_operator).
    type: bool
    default: false
  max_pending:
    description:
      - The budget. It has the keys V(adds), V(updates) and V(deletes), the objects that each connector of the target may have pending
        for export.
      - V(deletes) is 0 where it is absent; any other kind that is absent is unlimited. Numbers that cannot be read refuse as well.
      - The key V(attributes) is a mapping of names of attributes to the number of existing objects on which each may be touched. It needs
        the kind C(pending) of O(evidence); without it a budget of attributes refuses.
    type: dict
    default: {deletes: 0}
  overrides:
    description: Gates that may fail, by id, each with the reason as its value. The reason stands in the plan and in the result file.
    type: dict
    default: {}
  thresholds:
    description: Numbers by which gates judge, instead of their defaults; C(docs/gates.md) lists them. One that there is not refuses.
    type: dict
    default: {}
  custom_gates:
    description:
      - Gates of your own that run beside the built-in ones.
      - Each has V(id), V(query) (a JMESPath expression over the document of all facts, see C(docs/own_gates.md)), V(expect) (what it must give) and
        V(message) (what is wrong where it does not). The controller needs the Python package C(jmespath).
    type: list
    elements: dict
    default: []
  evidence:
    description:
      - What other read-only modules found, by kind, as the role C(evidence) gathers it.
      - A kind, or a server within it, that is absent was not checked; the gate that needs it says so.
    type: dict
    default: {}
  take_over:
    description: Whether the run that follows may supersede a live claim. Where it may not, a live claim refuses the plan.
    type: bool
    default: false
  timeout:
    description: Seconds that each read of a server may take; after that the server counts as one that does not answer.
    type: int
    default: 60
seealso:
  - module: hybrid_identity.entra_connect.adsync_invariant
  - module: hybrid_identity.entra_connect.adsync_claim
"""

EXAMPLES = r"""
# Ad hoc: ansible srv1 -m hybrid_identity.entra_connect.adsync_plan -a 'upgrade=false active=srv2 method=settings'

- name: Plan the upgrade of all servers
  hybrid_identity.entra_connect.adsync_plan:
    version: 2.6.92.0
    msi: C:\Install\AzureADConnect.msi
    msi_sha256: "{{ entra_connect_msi_sha256 }}"
    operator_ready: true
  register: entra_plan

- name: Show the plan
  ansible.builtin.debug:
    msg: "{{ entra_plan.plan_text }}"

- name: Plan a switch of the roles, though the last run of a connector failed
  hybrid_identity.entra_connect.adsync_plan:
    upgrade: false
    active: srv2
    operator_ready: true
    overrides:
      G6: The partner's directory is down until Monday, as announced
"""

RETURN = r"""
outcome:
  description:
    - How it ended, in one word.
    - V(planned) means that steps are left, see RV(plan), and that nothing stands against them.
    - V(already) means that the end state is reached, and no step is left.
    - V(refused) means that something says no, see RV(refusals); nothing was changed.
    - V(needs_operator) means that a person must do something first, see RV(next_command).
    - V(unknown) means that what is so cannot be told. Only a read, or the same request again, may follow.
    - V(split) means that more than one server is active.
  returned: always
  type: str
  sample: planned
goal:
  description: The wanted end state.
  returned: when a plan could be made
  type: dict
  contains:
    active: {type: str, description: "Server that is to be active."}
    former: {type: str, description: "Server that is or was active before, or empty."}
    version: {type: str, description: "Version that all servers are to have; empty where versions are no part of it."}
    order: {type: str, description: "V(staging_first) or V(switch_first)."}
    method: {type: str, description: "V(wizard) or V(settings)."}
    verb: {type: str, description: "Name of the playbook, or empty."}
  sample: {active: srv2, former: srv1, version: 2.6.92.0, order: staging_first, method: wizard, verb: swing_upgrade}
servers:
  description: Names of all servers of the topology that are not declared out, sorted.
  returned: success, and when the role of a server stands against it
  type: list
  elements: str
  sample: [srv1, srv2]
servers_found:
  description: What each of them is now, as RV(hybrid_identity.entra_connect.adsync_invariant#module:servers).
  returned: success
  type: dict
restored:
  description: Names of the servers that were restored or rebuilt since the last switch, sorted. Such a server is promoted only after an
    initial cycle on it.
  returned: success
  type: list
  elements: str
  sample: []
out:
  description: The servers that are declared out, as they are declared. They take no part in the plan.
  returned: success
  type: list
  elements: dict
  contains:
    server: {type: str, description: "Inventory name."}
    kind: {type: str, description: "V(cloud), V(powered_off) or V(asserted)."}
    reason: {type: str, description: "Why it is out."}
    evidence: {type: str, description: "What shows it, or empty."}
  sample: []
fences:
  description: Every fence in the records, and what is declared beyond them, as M(hybrid_identity.entra_connect.adsync_fence) returns it.
  returned: success
  type: list
  elements: dict
  sample: []
plan:
  description: The remaining steps. On failure they are shown, not returned.
  returned: success
  type: dict
  contains:
    id: {type: str, description: "Hash of goal and steps, the same for the same situation.", sample: 8c1f0a9be2d4}
    steps:
      description: Every action in order; empty where everything is so already.
      type: list
      elements: dict
      contains:
        number: {type: int, description: "Its number, from 1.", sample: 6}
        action: {type: str, description: "Its kind, for instance V(claim), V(demote), V(hold), V(promote), V(prove) or V(release).",
          sample: demote}
        server: {type: str, description: "Inventory name of the server.", sample: srv1}
        text: {type: str, description: "What is done, in words.", sample: demote srv1 (method wizard) and wait until it is quiet}
        stop_state: {type: str, description: "What is so if the run stops right after it."}
    begun: {type: list, elements: str, description: "Servers whose upgrade an earlier run has laid down."}
    half_held:
      description: Servers whose hold a crash left half done; it is made whole before the first phase.
      type: list
      elements: str
    phases:
      description: The upgrades and switches in order, for playbooks.
      type: list
      elements: dict
      contains:
        kind: {type: str, description: "V(upgrade) or V(switch)."}
        servers: {type: list, elements: str, description: "Servers that are upgraded, or that are held for the switch."}
        target: {type: str, description: "Server that is promoted; empty for an upgrade."}
        former: {type: str, description: "Server that is demoted; empty where none is active, and for an upgrade."}
    notes: {type: list, elements: str, description: "What users and operators should know, for instance what pauses meanwhile."}
plan_text:
  description: State, goal, gates, steps and notes as lines of text, for people. On failure they are shown, not returned.
  returned: success
  type: list
  elements: str
gates:
  description: Every gate that was run; empty where no step is left. On failure only those that do not pass.
  returned: when a plan could be made
  type: list
  elements: dict
  contains:
    id: {type: str, description: "Its stable id, for O(overrides).", sample: G4}
    title: {type: str, description: "What it wants.", sample: pending exports of the target are inside the budget}
    verdict: {type: str, description: "V(pass), V(warn) or V(fail); one that is overridden warns.", sample: pass}
    evidence: {type: str, description: "What it saw, with the reason of an override."}
    text: {type: list, elements: str, description: "What stands against it, in plain sentences."}
ansible_facts:
  description: Facts that are added to the host, so that later tasks of the run can show for how long nobody exports.
  returned: success, where the plan has a switch and no server is active
  type: dict
  contains:
    entra_connect_zero_since:
      description: The controller's monotonic clock in seconds at this read, or at the demotion where the run had one.
      type: float
msg:
  description: Everything that stands against it, in plain sentences, each with what to do next.
  returned: failure
  type: str
  sample: "srv2 would export 12 deletes on contoso.onmicrosoft.com - AAD, at most 0 are allowed. Look at them in the Synchronization
    Service Manager; allow them with -e '{\"entra_connect_max_pending\": {\"deletes\": 12}}' if they are right."
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
    - code: over_budget
      server: srv2
      text: "srv2 would export 12 deletes on contoso.onmicrosoft.com - AAD, at most 0 are allowed."
      next: "Look at them in the Synchronization Service Manager; allow them with -e '{\"entra_connect_max_pending\": {\"deletes\": 12}}'
        if they are right."
next_command:
  description: What to do next about the first refusal.
  returned: failure
  type: str
  sample: "Look at them in the Synchronization Service Manager; allow them with -e '{\"entra_connect_max_pending\": {\"deletes\": 12}}'
    if they are right."
"""
