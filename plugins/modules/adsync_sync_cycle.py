# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (https://www.gnu.org/licenses/gpl-3.0.txt)
"""Documentation of the action plugin of the same name; there is no code here."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: adsync_sync_cycle
short_description: Start or stop a sync cycle on one server and judge its result
version_added: 1.0.0
description:
  - Starts a sync cycle and waits for its end, or stops the one that runs.
  - The server only accepts the request for a cycle, so success is judged by the runs that appear in the run history afterwards. Every
    step of every connector must have ended well, and no new run at all is a failure.
  - On a staging server a cycle imports and synchronises, but exports nothing.
  - A cycle that has begun keeps exporting after staging mode was turned on; M(hybrid_identity.entra_connect.adsync_staging) waits for
    that.
  - Without O(claim) it only respects a live claim on its own server.
author: The hybrid_identity.entra_connect contributors (!UNKNOWN)
extends_documentation_fragment:
  - hybrid_identity.entra_connect.attributes
  - hybrid_identity.entra_connect.server
  - hybrid_identity.entra_connect.claim
attributes:
  diff_mode:
    support: none
    details: A cycle is an event and has no value before and after.
  idempotent:
    support: partial
    details: O(state=started) starts a cycle each time. O(state=stopped) changes nothing where no cycle runs.
options:
  state:
    description: What to do.
    type: str
    choices:
      started: Start a cycle.
      stopped: Stop the cycle that runs. Microsoft documents this as harmless; the next cycle goes on where it ended.
    default: started
  policy_type:
    description: What to start.
    type: str
    choices:
      delta: Only changes.
      initial: Full imports and full synchronisations, which may take hours.
    default: delta
  wait:
    description: Wait until the cycle has ended and judge it, or with O(state=stopped) until the server is idle.
    type: bool
    default: true
  when_running:
    description: What to do where a cycle runs already, or a connector is busy.
    type: str
    choices:
      wait: Wait until it has ended, then start a cycle. The cycle that is judged is one that began after this task.
      join: Start none and wait for the one that runs.
      fail: Fail at once.
    default: wait
  expect_export:
    description: Fail where the cycle exported nothing by way of an export run, as on a staging server. For the first cycle after a
      promotion.
    type: bool
    default: false
  max_exported:
    description:
      - What each connector may have exported in this cycle, with the keys V(adds), V(updates) and V(deletes) in objects. More is a
        failure, told after the fact.
      - V(deletes) is 0 where it is absent; any other kind that is absent is unlimited. Without this option nothing is compared.
    type: dict
  cycle_timeout:
    description: Seconds that the cycle may take at most; also for the one that runs already.
    type: int
    default: 14400
  idle_timeout:
    description: Seconds to wait at most until the server is idle, with O(state=stopped). Idle means that no cycle runs and no connector
      is busy, in two reads.
    type: int
    default: 1800
  poll_interval:
    description: Seconds between two reads while waiting. Each read renews the claim, so keep it well below 120.
    type: float
    default: 10.0
seealso:
  - module: hybrid_identity.entra_connect.adsync_scheduler
  - module: hybrid_identity.entra_connect.adsync_claim
"""

EXAMPLES = r"""
# Ad hoc: ansible srv1 -m hybrid_identity.entra_connect.adsync_sync_cycle
# Ad hoc: ansible srv1 -m hybrid_identity.entra_connect.adsync_sync_cycle -a state=stopped

- name: Run a delta cycle and wait until it has ended well
  hybrid_identity.entra_connect.adsync_sync_cycle:

- name: Run an initial cycle, for at most eight hours
  hybrid_identity.entra_connect.adsync_sync_cycle:
    policy_type: initial
    cycle_timeout: 28800
    poll_interval: 60

- name: Prove the first export after a promotion
  hybrid_identity.entra_connect.adsync_sync_cycle:
    expect_export: true
    max_exported:
      deletes: 0
      updates: 500

- name: Stop the cycle that runs
  hybrid_identity.entra_connect.adsync_sync_cycle:
    state: stopped
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
joined:
  description: Whether the cycle that ran already was judged, so that no new one was started.
  returned: when a cycle was started or joined
  type: bool
  sample: false
runs:
  description: The steps of the runs that began since, newest first. Empty in check mode, with O(wait=false) and with O(state=stopped).
  returned: success, and when the cycle did not end well
  type: list
  elements: dict
  contains:
    connector: {type: str, description: "Name of the connector.", sample: contoso.onmicrosoft.com - AAD}
    profile: {type: str, description: "Name of the run profile.", sample: Export}
    step: {type: int, description: "Number of the step.", sample: 1}
    step_type: {type: str, description: "V(full-import), V(delta-import), V(full-sync), V(delta-sync), V(export), or empty where
      unknown."}
    result: {type: str, description: "Result of the step, or of the run.", sample: success}
    started: {type: str, description: "Start, UTC, ISO 8601."}
    ended: {type: str, description: "End, UTC, ISO 8601."}
    export:
      description: Objects that the step exported.
      type: dict
      contains:
        adds: {type: int, description: "Objects that were added."}
        updates: {type: int, description: "Objects that were updated."}
        deletes: {type: int, description: "Objects that were deleted."}
        failures: {type: int, description: "Objects whose export failed."}
counts:
  description: The sums of exported objects by name of the connector. Connectors without an export are left out.
  returned: success, and when the cycle did not end well
  type: dict
  sample:
    contoso.onmicrosoft.com - AAD: {adds: 2, updates: 14, deletes: 0, failures: 0}
msg:
  description: Everything that stands against it, in plain sentences, each with what to do next.
  returned: failure
  type: str
  sample: "The sync cycle on srv1 did not end well (contoso.com, Delta Import, step 1: stopped-connectivity). Look at Operations in the
    Synchronization Service Manager of srv1."
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
    - code: cycle_failed
      server: srv1
      text: "The sync cycle on srv1 did not end well (contoso.com, Delta Import, step 1: stopped-connectivity)."
      next: "Look at Operations in the Synchronization Service Manager of srv1."
next_command:
  description: What to do next about the first refusal.
  returned: failure
  type: str
  sample: "Look at Operations in the Synchronization Service Manager of srv1."
"""
