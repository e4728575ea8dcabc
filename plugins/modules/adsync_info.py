# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (https://www.gnu.org/licenses/gpl-3.0.txt)
"""Documentation of the action plugin of the same name; there is no code here."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: adsync_info
short_description: Read everything about one server of Microsoft Entra Connect Sync
version_added: 1.0.0
description:
  - Reads role, scheduler, service, versions, connectors, pending exports, last runs, claim and hold of one server in one call.
  - The role rests on two independent readings of staging mode. Where they disagree, or neither can be read, the role is unknown and the
    module fails; what was read is returned all the same.
  - A value that could not be read is V(null), which never means no.
  - Works at any time, also on a held server, whose service is stopped; then it reads what the record, the service and the registry tell.
author: The hybrid_identity.entra_connect contributors (!UNKNOWN)
extends_documentation_fragment:
  - hybrid_identity.entra_connect.attributes
  - hybrid_identity.entra_connect.attributes.read_only
  - hybrid_identity.entra_connect.server
options:
  timeout:
    description: Seconds that the read may take; after that the module fails with an unknown result.
    type: int
    default: 60
seealso:
  - module: hybrid_identity.entra_connect.adsync_invariant
  - module: hybrid_identity.entra_connect.adsync_version
"""

EXAMPLES = r"""
# Ad hoc: ansible srv1 -m hybrid_identity.entra_connect.adsync_info

- name: Read everything about the task's own host
  hybrid_identity.entra_connect.adsync_info:
  register: entra_info

- name: Show what it would export if it were active
  ansible.builtin.debug:
    msg: "{{ entra_info.role }}: {{ entra_info.info.pending }}"

- name: Read another server of the topology from the same host
  hybrid_identity.entra_connect.adsync_info:
    server: srv2
    timeout: 120
"""

RETURN = r"""
outcome:
  description:
    - How it ended, in one word.
    - V(done) means that it was read.
    - V(unknown) means that what is so cannot be told. Only a read, or the same request again, may follow.
    - V(refused) means that something says no, see RV(refusals); nothing was changed.
  returned: always
  type: str
  sample: done
role:
  description: V(active), V(staging) or V(held). A server of unknown role fails, and gives the role V(unknown) in RV(info.role).
  returned: success
  type: str
  sample: staging
info:
  description: Everything about the server. A value that could not be read is V(null).
  returned: when the server answered
  type: dict
  contains:
    role: {type: str, description: "V(active), V(staging), V(held) or V(unknown).", sample: staging}
    reason: {type: str, description: "Why it is that role, in words.", sample: both readings agree}
    certain: {type: bool, description: "Whether both readings agree or the hold is unbroken. Only a certain role is good enough for a
      change."}
    computer_name: {type: str, description: "Name that Windows gives itself.", sample: SRV1}
    machine_id: {type: str, description: "Machine id of Windows, which tells two inventory names of one machine."}
    now: {type: str, description: "The server's time at the read, UTC, ISO 8601.", sample: "2026-11-02T20:14:07.5120000Z"}
    tenant: {type: str, description: "Tenant by the name of the Entra connector.", sample: contoso.onmicrosoft.com}
    staging:
      description: The two readings of staging mode.
      type: dict
      contains:
        scheduler: {type: bool, description: "As Get-ADSyncScheduler gives it."}
        settings: {type: str, description: "As the global settings give it, text V(True) or V(False).", sample: "True"}
    scheduler:
      description: The sync scheduler. Intervals are time spans such as V(00:30:00).
      type: dict
      contains:
        sync_cycle_enabled: {type: bool, description: "Whether cycles start by themselves."}
        maintenance_enabled: {type: bool, description: "Whether the maintenance task runs."}
        scheduler_suspended: {type: bool, description: "Whether an upgrade or the wizard has suspended it."}
        sync_cycle_in_progress: {type: bool, description: "Whether a cycle runs."}
        allowed_interval: {type: str, description: "Shortest interval that the tenant allows.", sample: "00:30:00"}
        effective_interval: {type: str, description: "Interval that is in force."}
        customized_interval: {type: str, description: "Interval that was set; empty or V(null) where none is."}
        next_policy: {type: str, description: "What the next cycle is, V(Delta) or V(Initial)."}
        next_start: {type: str, description: "When the next cycle starts, UTC, ISO 8601."}
        purge_interval: {type: str, description: "How long the run history is kept."}
        scheduler_wants_sign_in: {type: bool, description: "Whether this version may ask for an interactive sign-in to change the
          scheduler."}
    service:
      description: The Windows service ADSync.
      type: dict
      contains:
        status: {type: str, description: "For instance V(Running) or V(Stopped).", sample: Running}
        start_type: {type: str, description: "V(Automatic), V(Manual) or V(Disabled).", sample: Automatic}
    processes:
      description: Programs of people that are open on the server.
      type: dict
      contains:
        wizard: {type: bool, description: "AzureADConnect.exe, the wizard."}
        manager: {type: bool, description: "miisclient.exe, the Synchronization Service Manager."}
        installer: {type: bool, description: "msiexec.exe with an installation in progress."}
    busy_connectors: {type: list, elements: str, description: "Connectors with a run in progress."}
    connectors:
      description: All connectors.
      type: list
      elements: dict
      contains:
        name: {type: str, description: "Its name.", sample: contoso.onmicrosoft.com - AAD}
        identifier: {type: str, description: "Its GUID."}
        kind: {type: str, description: "V(entra), V(ad) or V(other)."}
    pending:
      description: Objects that each connector would export now; on a staging server, after a promotion.
      type: list
      elements: dict
      contains:
        connector: {type: str, description: "Name of the connector."}
        adds: {type: int, description: "Objects to add."}
        updates: {type: int, description: "Objects to update."}
        deletes: {type: int, description: "Objects to delete."}
    runs:
      description: The newest run of each connector and run profile, one entry per step.
      type: list
      elements: dict
      contains:
        connector: {type: str, description: "Name of the connector."}
        profile: {type: str, description: "Name of the run profile.", sample: Delta Import}
        run_number: {type: int, description: "Number of the run."}
        run_id: {type: str, description: "Id of the run in the history."}
        complete: {type: bool, description: "Whether the run has ended."}
        result: {type: str, description: "Result of the run.", sample: success}
        started: {type: str, description: "Start, UTC, ISO 8601."}
        ended: {type: str, description: "End, UTC, ISO 8601; empty while it runs."}
        step: {type: int, description: "Number of the step."}
        step_type: {type: str, description: "V(full-import), V(delta-import), V(full-sync), V(delta-sync), V(export), or empty where
          unknown."}
        step_result: {type: str, description: "Result of the step."}
        export_adds: {type: int, description: "Objects that were added."}
        export_updates: {type: int, description: "Objects that were updated."}
        export_deletes: {type: int, description: "Objects that were deleted."}
        export_failures: {type: int, description: "Objects whose export failed."}
    overrides:
      description: Full imports and full synchronisations that are queued.
      type: list
      elements: dict
      contains:
        connector: {type: str, description: "Name of the connector."}
        full_import: {type: bool, description: "Whether the next import is a full one."}
        full_sync: {type: bool, description: "Whether the next synchronisation is a full one."}
    versions: {type: dict, description: "As RV(hybrid_identity.entra_connect.adsync_version#module:versions)."}
    auto_upgrade: {type: str, description: "V(Enabled), V(Disabled) or V(Suspended).", sample: Enabled}
    password_writeback: {type: bool, description: "Whether password writeback is on."}
    password_sync:
      description: The last password-hash cycle of each partition.
      type: list
      elements: dict
      contains:
        dn: {type: str, description: "Distinguished name of the partition."}
        status: {type: str, description: "V(InProgress) while it runs; this can be left over from before a restart."}
        started: {type: str, description: "Start, UTC, ISO 8601."}
    hold_state: {type: str, description: "V(none), V(pending), V(unbroken), V(broken), or V(wrong), which is a hold with staging mode
      off."}
    hold:
      description: Our record of a hold; V(null) where there is none.
      type: dict
      contains:
        state: {type: str, description: "V(pending) or V(complete)."}
        since: {type: str, description: "Since when, UTC, ISO 8601."}
        staging: {type: str, description: "Staging mode as it was last read before the stop, V(True) or V(False)."}
        by: {type: str, description: "Token of the claim that held it."}
        starts_since: {type: int, description: "Logged starts of the service since."}
        log_reaches: {type: bool, description: "Whether the event log reaches back to the hold, so that the number counts."}
        facts: {type: str, description: "JSON of what was last read while the service ran."}
    held_for: {type: int, description: "Seconds that the hold lasts, by the server's own clock; V(null) where there is none."}
    quarantine:
      description: Our outbound block in the Windows firewall; V(null) where there is none.
      type: dict
      contains:
        effective: {type: bool, description: "Whether it really blocks, checked at this read."}
        reason: {type: str, description: "Why it does not."}
    claim:
      description: The claim in the server's record, ended or not; V(null) where there never was one.
      type: dict
      contains:
        token: {type: str, description: "Its token.", sample: 3.5f2a9c0d1e7b}
        who: {type: str, description: "User and controller.", sample: jo@awx-1}
        since: {type: str, description: "When it was taken, UTC, ISO 8601."}
        live: {type: bool, description: "Whether it has not ended and its lease runs, by the server's clock."}
        ended: {type: bool, description: "Whether it has ended."}
        kind: {type: str, description: "V(topology), or V(single) for a change of one server."}
        complete: {type: bool, description: "Whether all servers were taken."}
        members: {type: list, elements: str, description: "Machine ids of all servers."}
        tenant: {type: str, description: "Tenant at that time."}
        active: {type: str, description: "Its goal: the server that is to be active."}
        former: {type: str, description: "Its goal: the server that was active before."}
        version: {type: str, description: "Its goal: the wanted version."}
        order: {type: str, description: "Its goal: V(staging_first) or V(switch_first)."}
        method: {type: str, description: "Its goal: V(wizard) or V(settings)."}
        verb: {type: str, description: "Its goal: the playbook that claimed, or empty."}
        member_names: {type: list, elements: str, description: "Inventory names in the order of RV(info.claim.members)."}
    goal: {type: dict, description: "Goal of the last complete claim (as in RV(info.claim)), with its C(outcome), which is empty while it
      is open."}
    promotion: {type: dict, description: "A promotion that was sent or asked of a person and may still land (C(token), C(method)); else
      V(null)."}
    found: {type: list, elements: dict, description: "Values as found before we set others: C(name) (V(scheduler), V(start_type) or
      V(auto_upgrade)), C(found), C(set)."}
    serial: {type: int, description: "Number of the last proved switch that this server knows."}
    restored: {type: bool, description: "Whether it was restored or rebuilt since the last switch, and needs an initial cycle before a
      promotion."}
    journal_writable: {type: bool, description: "Whether the journal can be written; without a journal nothing is changed."}
    errors: {type: dict, description: "Texts of what could not be read, by name."}
msg:
  description: Everything that stands against it, in plain sentences, each with what to do next.
  returned: failure
  type: str
  sample: "srv1 answers but its service ADSync is not running, and not by a hold of ours, so its role is unknown. On srv1 find out why it
    is stopped and run Start-Service ADSync, then run the same command again."
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
    - code: service_stopped
      server: srv1
      text: "srv1 answers but its service ADSync is not running, and not by a hold of ours, so its role is unknown."
      next: "On srv1 find out why it is stopped and run Start-Service ADSync, then run the same command again."
next_command:
  description: What to do next about the first refusal.
  returned: failure
  type: str
  sample: "On srv1 find out why it is stopped and run Start-Service ADSync, then run the same command again."
"""
