# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (https://www.gnu.org/licenses/gpl-3.0.txt)
"""Documentation of the action plugin of the same name; there is no code here."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: adsync_scheduler
short_description: Change the documented settings of the sync scheduler on one server
version_added: 1.0.0
description:
  - Sets the five settings of the sync scheduler that Microsoft documents as changeable, on one server. Only what is given and differs is
    set, and it is read back afterwards.
  - Turning the scheduler off starts no new cycle. It does not end a cycle that runs (see
    M(hybrid_identity.entra_connect.adsync_sync_cycle)), and it is I(no substitute for staging mode), since a server with staging mode
    off stays active and exports whenever a cycle is started by hand.
  - Newer versions (2.6.84.0 and later) may want an interactive sign-in for a change. Then nothing is changed, and the outcome is
    V(needs_operator).
  - Without O(claim) it only respects a live claim on its own server. With O(claim) the server changes under that claim only.
author: The hybrid_identity.entra_connect contributors (!UNKNOWN)
extends_documentation_fragment:
  - hybrid_identity.entra_connect.attributes
  - hybrid_identity.entra_connect.server
  - hybrid_identity.entra_connect.claim
attributes:
  idempotent:
    support: partial
    details: O(next_sync_cycle_policy_type) is used up by the next cycle, after which the same task sets it again.
options:
  sync_cycle_enabled:
    description: Whether cycles start by themselves.
    type: bool
  maintenance_enabled:
    description: Whether the maintenance task runs, which renews certificates and purges the run history.
    type: bool
  customized_sync_cycle_interval:
    description:
      - Time between two cycles, as V(hh:mm:ss) or V(d.hh:mm:ss), at least what the tenant allows (usually 30 minutes).
      - An empty string takes a customized interval away.
      - A new interval is in force after the next cycle.
    type: str
  next_sync_cycle_policy_type:
    description: What the next cycle is, once. Later ones are delta cycles again.
    type: str
    choices:
      delta: Only changes.
      initial: Full imports and full synchronisations, which may take hours.
  purge_run_history_interval:
    description: How long the run history is kept, as V(hh:mm:ss) or V(d.hh:mm:ss).
    type: str
  keep_found:
    description: Write down whether the scheduler was on before this change, once, so that O(restore_found) can put it back later, in
      another run too.
    type: bool
    default: false
  restore_found:
    description:
      - Put the scheduler back as it was found, by the record that O(keep_found) made, and erase that record. All settings above are left
        as they are.
      - Where somebody has changed it since, the present value is kept and told (RV(kept)).
    type: bool
    default: false
  sign_in_timeout:
    description:
      - Seconds that a change may take. After that it is taken for one that wants an interactive sign-in and ended. The settings are then
        read until two reads agree.
    type: int
    default: 60
seealso:
  - module: hybrid_identity.entra_connect.adsync_sync_cycle
  - module: hybrid_identity.entra_connect.adsync_staging
  - module: hybrid_identity.entra_connect.adsync_claim
  - name: Microsoft Entra Connect Sync Scheduler
    description: Microsoft's description of the settings.
    link: https://learn.microsoft.com/entra/identity/hybrid/connect/how-to-connect-sync-feature-scheduler
"""

EXAMPLES = r"""
# Ad hoc: ansible srv1 -m hybrid_identity.entra_connect.adsync_scheduler -a sync_cycle_enabled=false
# Ad hoc: ansible srv1 -m hybrid_identity.entra_connect.adsync_scheduler -a sync_cycle_enabled=true

- name: Pause the scheduler
  hybrid_identity.entra_connect.adsync_scheduler:
    sync_cycle_enabled: false

- name: Let a cycle start every three hours
  hybrid_identity.entra_connect.adsync_scheduler:
    customized_sync_cycle_interval: "03:00:00"

- name: Take the customized interval away
  hybrid_identity.entra_connect.adsync_scheduler:
    customized_sync_cycle_interval: ""

- name: Pause the scheduler and remember how it was
  hybrid_identity.entra_connect.adsync_scheduler:
    sync_cycle_enabled: false
    keep_found: true

- name: Put it back as it was found
  hybrid_identity.entra_connect.adsync_scheduler:
    restore_found: true
"""

RETURN = r"""
outcome:
  description:
    - How it ended, in one word.
    - V(already) means that it was so before, and nothing was changed.
    - V(done) means that it is so now, and was read back.
    - V(planned) in check mode, what would be done; nothing was changed.
    - V(refused) means that something says no, see RV(refusals); nothing was changed.
    - V(needs_operator) means that a person must do something first, see RV(next_command).
    - V(incomplete) means that a part was done and the rest was not; the same request again goes on from there.
    - V(unknown) means that what is so cannot be told. Only a read, or the same request again, may follow.
  returned: always
  type: str
  sample: done
before:
  description: The given settings before the change.
  returned: success
  type: dict
  sample: {sync_cycle_enabled: true}
after:
  description: The given settings after the change, or in check mode as they would be.
  returned: success
  type: dict
  sample: {sync_cycle_enabled: false}
scheduler:
  description: The scheduler as read back. Intervals are time spans such as V(00:30:00). A value that could not be read is V(null).
  returned: success, but for O(restore_found=true)
  type: dict
  contains:
    sync_cycle_enabled: {type: bool, description: "Whether cycles start by themselves."}
    maintenance_enabled: {type: bool, description: "Whether the maintenance task runs."}
    customized_sync_cycle_interval: {type: str, description: "Interval that was set; empty or V(null) where none is."}
    next_sync_cycle_policy_type: {type: str, description: "What the next cycle is, V(Delta) or V(Initial)."}
    purge_run_history_interval: {type: str, description: "How long the run history is kept."}
    allowed_sync_cycle_interval: {type: str, description: "Shortest interval that the tenant allows."}
    currently_effective_sync_cycle_interval: {type: str, description: "Interval that is in force."}
    next_sync_cycle_start_time: {type: str, description: "When the next cycle starts, UTC, ISO 8601."}
    scheduler_suspended: {type: bool, description: "Whether an upgrade or the wizard has suspended it."}
    sync_cycle_in_progress: {type: bool, description: "Whether a cycle runs."}
    staging_mode_enabled: {type: bool, description: "Staging mode by the scheduler's reading."}
kept:
  description: Whether somebody had changed the value since, so that it was not restored.
  returned: O(restore_found=true) and the value was not restored
  type: bool
  sample: true
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
  sample: "srv1: an interval of 00:10:00 is below the allowed 00:30:00. Write customized_sync_cycle_interval: '00:30:00' or longer."
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
    - code: interval_low
      server: srv1
      text: "srv1: an interval of 00:10:00 is below the allowed 00:30:00."
      next: "Write customized_sync_cycle_interval: '00:30:00' or longer."
next_command:
  description: What to do next about the first refusal.
  returned: failure
  type: str
  sample: "Write customized_sync_cycle_interval: '00:30:00' or longer."
"""
