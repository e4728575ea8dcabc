# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (https://www.gnu.org/licenses/gpl-3.0.txt)
"""Documentation of the action plugin of the same name; there is no code here."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: adsync_report
short_description: Write the result file of a run on the controller, and its last copy on the servers
version_added: 1.0.0
description:
  - Writes the result of a run into a JSON file on the controller. The file is authoritative, since ansible-playbook itself can only exit
    with 0, 2 or 4.
  - It is written at the start of a run with the outcome V(unknown), and replaced whole at each phase, so a reader never sees half of it.
    The first call sets the fact C(entra_connect_run), by which later tasks of the host and an interrupted one find the file again.
  - With O(failed) it reads what is left on all servers, names the outcome of the run, and ends its claim.
author: The hybrid_identity.entra_connect contributors (!UNKNOWN)
extends_documentation_fragment:
  - hybrid_identity.entra_connect.attributes
  - hybrid_identity.entra_connect.server
  - hybrid_identity.entra_connect.claim
attributes:
  check_mode:
    support: partial
    details: The file on the controller is written in check mode too, as the record of the plan. Nothing is written on a server.
  diff_mode:
    support: none
    details: The file is a record of the run.
  idempotent:
    support: partial
    details: The file gets a new time each time it is written, which does not count as a change.
options:
  report_dir:
    description: Folder on the controller. It is made where it is missing. The file's name is made of playbook, time, first server and
      run.
    type: path
    required: true
  playbook:
    description: Name of the playbook, for instance V(swing_upgrade).
    type: str
    required: true
  phase:
    description: What the run has come to, for instance V(start), V(switch) or V(stopped).
    type: str
    required: true
  outcome:
    description:
      - Outcome of the run as it is known now.
      - One of V(planned), V(already), V(done), V(refused), V(needs_operator), V(stopped_zero_active), V(incomplete), V(unknown) and
        V(split).
      - Not used with O(failed).
    type: str
    default: unknown
  details:
    description: More values for the file. Never put a secret here. With O(failed) those that are empty are left out.
    type: dict
    default: {}
  failed:
    description: Result of the task that failed, as C(ansible_failed_result) gives it in a C(rescue) section.
    type: dict
  timeline:
    description:
      - Read at the end of a run who was active when, as M(hybrid_identity.entra_connect.adsync_history_info) tells it, and the newest entries of
        each server's journal, for the file and its page. Not in check mode, not with O(outcome=unknown), and with O(failed) only where the
        run had taken its claim.
    type: bool
    default: false
  to_servers:
    description: Write a copy into the record folder on each server, since the folder of a job may vanish with its container. Not used
      with O(failed).
    type: bool
    default: false
notes:
  - With O(failed) the task itself succeeds; end the play with M(ansible.builtin.fail) and RV(text) afterwards.
seealso:
  - module: hybrid_identity.entra_connect.adsync_plan
  - module: hybrid_identity.entra_connect.adsync_claim
"""

EXAMPLES = r"""
# Ad hoc: ansible srv1 -m hybrid_identity.entra_connect.adsync_report -a 'report_dir=./reports playbook=own phase=start'

- name: Start the result file
  hybrid_identity.entra_connect.adsync_report:
    report_dir: ./entra-connect-reports
    playbook: own
    phase: start

- name: Do the work
  block:
    - name: Assert that all is well
      hybrid_identity.entra_connect.adsync_invariant:

    - name: Write the result, with a copy on each server
      hybrid_identity.entra_connect.adsync_report:
        report_dir: ./entra-connect-reports
        playbook: own
        phase: end
        outcome: done
        to_servers: true
  rescue:
    - name: Read what is left and write the result
      hybrid_identity.entra_connect.adsync_report:
        report_dir: ./entra-connect-reports
        playbook: own
        phase: stopped
        failed: "{{ ansible_failed_result }}"
      register: entra_stop

    - name: End with the outcome and the next step
      ansible.builtin.fail:
        msg: "{{ entra_stop.text }}"
"""

RETURN = r"""
outcome:
  description:
    - Outcome of the run as it was written, O(outcome); with O(failed) as it was judged by what is left.
    - V(stopped_zero_active) means that the run stopped while no server is active, V(split) that more than one is active, V(incomplete)
      that a part was done, V(unknown) that what is so cannot be told, V(needs_operator) that a person must do something first,
      V(refused) that nothing had changed.
  returned: always
  type: str
  sample: done
path:
  description: Full path of the file on the controller.
  returned: success
  type: str
  sample: /home/jo/entra-connect-reports/swing_upgrade-20261102T201407Z-srv1-5f2a9c.json
result:
  description: The values in the file. The file has C(outcome_rc) and C(written_at) besides.
  returned: success
  type: dict
  contains:
    run_id: {type: str, description: "Id of the run."}
    playbook: {type: str, description: "Name of the playbook."}
    phase: {type: str, description: "What the run has come to."}
    outcome: {type: str, description: "Outcome as it is known now."}
    check_mode: {type: bool, description: "Whether it ran in check mode."}
    servers: {type: list, elements: str, description: "Names of all servers.", returned: unless the first call had O(failed)}
    message: {type: str, description: "Message of the task that failed.", returned: with O(failed)}
    refusals: {type: list, elements: dict, description: "Refusals of the task that failed.", returned: with O(failed)}
    next_command: {type: str, description: "What to do next about the first of them.", returned: with O(failed)}
    servers_left:
      description: What is left, as RV(hybrid_identity.entra_connect.adsync_invariant#module:servers).
      returned: with O(failed)
      type: dict
    next_steps: {type: list, elements: str, description: "How to go on and how to go back, where the run had taken its claim.",
      returned: with O(failed)}
    by_hand: {type: list, elements: str, description: "Commands that remove by hand what is left of the run, holds first.",
      returned: with O(failed)}
    warnings: {type: list, elements: str, description: "What does not stand against the run and has to be told, for instance an old hold.",
      returned: with O(failed)}
text:
  description: The outcome, the servers as they are left, and what to run next, as lines of text.
  returned: with O(failed)
  type: list
  elements: str
  sample:
    - "stopped_zero_active: The sync cycle on srv2 did not end well."
    - "nobody is active"
ansible_facts:
  description: Facts that are added to the host.
  returned: success, but for O(failed)
  type: dict
  contains:
    entra_connect_run:
      description: Where the run's file is.
      type: dict
      contains:
        run_id: {type: str, description: "Id of the run."}
        path: {type: str, description: "Full path of the file on the controller."}
msg:
  description: Everything that stands against it, in plain sentences, each with what to do next.
  returned: failure
  type: str
  sample: "The result file cannot be written ([Errno 13] Permission denied). Set entra_connect_report_dir to a folder that can be
    written."
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
    - code: report_unwritable
      server: srv1
      text: "The result file cannot be written ([Errno 13] Permission denied)."
      next: "Set entra_connect_report_dir to a folder that can be written."
next_command:
  description: What to do next about the first refusal.
  returned: failure
  type: str
  sample: "Set entra_connect_report_dir to a folder that can be written."
"""
