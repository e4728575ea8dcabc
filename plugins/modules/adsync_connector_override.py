# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (https://www.gnu.org/licenses/gpl-3.0.txt)
"""Documentation of the action plugin of the same name; there is no code here."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: adsync_connector_override
short_description: See and set the full runs that are queued for the connectors of one server
version_added: 1.0.0
description:
  - Shows which connectors do a full import or a full synchronisation in the next cycle, and queues one or takes it out. It starts no cycle.
  - An upgrade queues full runs itself, a full import where the schema of a connector has changed, a full synchronisation where built-in
    rules have. On a staging server there is no reason to put them off.
  - To put them off on a server that is active, untick 'Start the synchronization process' in the wizard, take them out of the queue, turn
    the scheduler on, and queue them again in a window of your own; see the examples.
  - Without O(claim) only a live claim of somebody else stands against a change; reading needs none.
author: The hybrid_identity.entra_connect contributors (!UNKNOWN)
extends_documentation_fragment:
  - hybrid_identity.entra_connect.attributes
  - hybrid_identity.entra_connect.server
  - hybrid_identity.entra_connect.claim
options:
  connector:
    description: Name of the connector, as RV(overrides) tells it; by default all connectors.
    type: str
  full_import:
    description: Whether the next cycle does a full import. Left as it is where it is not given.
    type: bool
  full_sync:
    description: Whether the next cycle does a full synchronisation. Left as it is where it is not given.
    type: bool
seealso:
  - module: hybrid_identity.entra_connect.adsync_scheduler
  - module: hybrid_identity.entra_connect.adsync_upgrade
"""

EXAMPLES = r"""
# Ad hoc: ansible srv1 -m hybrid_identity.entra_connect.adsync_connector_override

- name: See which full runs are queued
  hybrid_identity.entra_connect.adsync_connector_override:
  register: entra_queued

- name: Put off the full runs that the upgrade has queued
  hybrid_identity.entra_connect.adsync_connector_override:
    full_import: false
    full_sync: false

- name: Let the scheduler do delta cycles
  hybrid_identity.entra_connect.adsync_scheduler:
    sync_cycle_enabled: true

- name: Queue the same again in a window of your own
  hybrid_identity.entra_connect.adsync_connector_override:
    connector: "{{ item.key }}"
    full_import: "{{ item.value.full_import }}"
    full_sync: "{{ item.value.full_sync }}"
  loop: "{{ entra_queued.overrides | dict2items }}"
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
overrides:
  description: What is queued now, by name of the connector.
  returned: success
  type: dict
  contains:
    full_import: {type: bool, description: "Whether its next cycle does a full import.", returned: for each connector}
    full_sync: {type: bool, description: "Whether its next cycle does a full synchronisation.", returned: for each connector}
  sample: {contoso.local: {full_import: false, full_sync: true}}
before:
  description: What was queued before the change, as RV(overrides).
  returned: success
  type: dict
  sample: {contoso.local: {full_import: false, full_sync: false}}
after:
  description: What is queued after the change, or in check mode as it would be.
  returned: success
  type: dict
  sample: {contoso.local: {full_import: false, full_sync: true}}
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
  sample: "Which full runs are queued on srv1 cannot be read. On srv1
    run Get-ADSyncSchedulerConnectorOverride and put right what it says, then run the same
    command again."
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
    - code: overrides_unread
      server: srv1
      text: "Which full runs are queued on srv1 cannot be read."
      next: "On srv1 run Get-ADSyncSchedulerConnectorOverride and put right what it says, then run the same command again."
next_command:
  description: What to do next about the first refusal.
  returned: failure
  type: str
  sample: "On srv1 run Get-ADSyncSchedulerConnectorOverride and put right what it says, then run the same command again."
"""
