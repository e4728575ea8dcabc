# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (https://www.gnu.org/licenses/gpl-3.0.txt)
"""Documentation of the action plugin of the same name; there is no code here."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: adsync_evidence_info
short_description: Read what the gates judge, of every server over one session
version_added: 1.0.0
description:
  - Reads of all servers of the topology, side by side, what the gates judge besides the read of each server. It does what
    M(hybrid_identity.entra_connect.adsync_health_info), M(hybrid_identity.entra_connect.adsync_prerequisite_info),
    M(hybrid_identity.entra_connect.adsync_pending_export_info) with its details, M(hybrid_identity.entra_connect.adsync_config_export) and
    M(hybrid_identity.entra_connect.adsync_config_diff) do, one after another in one task, so that one session to each server is enough.
  - A server that gives nothing of a kind is told within that kind, and is asked for the next kind all the same. The task does not fail for it.
  - It changes nothing of any server. The exports of settings are kept on the controller, each in a private folder.
author: The hybrid_identity.entra_connect contributors (!UNKNOWN)
extends_documentation_fragment:
  - hybrid_identity.entra_connect.attributes
  - hybrid_identity.entra_connect.server
attributes:
  check_mode:
    support: full
    details: It is evidence, so that the folders on the controller are written in check mode too. Nothing of the product, record or journal changes.
  diff_mode:
    support: N/A
    details: Only reads, so there is no difference to show.
  idempotent:
    support: partial
    details: Each run makes a new export of the settings, which does not count as a change.
options:
  kinds:
    description: What is read. A kind that is left out is absent in RV(evidence), and the gate that needs it says that it was not checked.
    type: list
    elements: str
    choices: [health, prerequisites, pending, settings]
    default: [health, prerequisites, pending, settings]
  max_pending:
    description: The budget of pending exports, as for M(hybrid_identity.entra_connect.adsync_pending_export_info). Attributes that it names are
      counted; the gates judge.
    type: dict
    default: {deletes: 0}
  pending_samples:
    description:
      - How many objects to name for each connector and each of adds, updates and deletes, from 0 to 100.
      - The names are distinguished names, which are personal data; V(0) fetches none.
    type: int
    default: 0
  report_dir:
    description: Folder on the controller, below which the settings and their comparison are kept. It is made where it is missing.
    type: path
    default: ./entra-connect-reports
  health_timeout:
    description: Seconds that reading how a server has been may take.
    type: int
    default: 60
  prerequisites_timeout:
    description: Seconds that reading what a switch and an upgrade rest on may take.
    type: int
    default: 120
  pending_timeout:
    description: Seconds that reading the pending exports of a server may take. What is not ready ten seconds before is told as not read.
    type: int
    default: 180
  settings_timeout:
    description: Seconds that each server may take to write and pack its settings.
    type: int
    default: 120
seealso:
  - module: hybrid_identity.entra_connect.adsync_plan
"""

EXAMPLES = r"""
# Ad hoc: ansible srv1 -m hybrid_identity.entra_connect.adsync_evidence_info

- name: Read everything that the gates judge
  hybrid_identity.entra_connect.adsync_evidence_info:
    report_dir: ./entra-connect-reports
  register: entra_read

- name: Judge it, and make the plan of a switch
  hybrid_identity.entra_connect.adsync_plan:
    active: srv2
    upgrade: false
    evidence: "{{ entra_read.evidence }}"

- name: Read how the servers have been and what they would export, but not their settings
  hybrid_identity.entra_connect.adsync_evidence_info:
    kinds: [health, pending]
"""

RETURN = r"""
outcome:
  description:
    - How it ended, in one word.
    - V(done) means that every server was asked for every kind.
    - V(refused) means that an option cannot be meant, or that the report folder cannot be written.
    - V(unknown) means that the task was interrupted.
  returned: always
  type: str
  sample: done
evidence:
  description: What was found, by kind, as O(hybrid_identity.entra_connect.adsync_plan#module:evidence) takes it.
  returned: success
  type: dict
  contains:
    health: {type: dict, description: "By inventory name, RV(hybrid_identity.entra_connect.adsync_health_info#module:servers)."}
    prerequisites:
      type: dict
      description: "By inventory name, RV(hybrid_identity.entra_connect.adsync_prerequisite_info#module:prerequisites)."
    pending:
      type: dict
      description: "By inventory name, RV(hybrid_identity.entra_connect.adsync_pending_export_info#module:pending)."
    settings:
      type: dict
      description: "The exports, C(folder) and C(servers), as M(hybrid_identity.entra_connect.adsync_config_export) returns them. With several servers
        also their comparison with the active one, C(reference), C(comparisons), C(at_risk), C(features) and C(files), as
        M(hybrid_identity.entra_connect.adsync_config_diff) returns them."
msg:
  description: Everything that stands against it, in plain sentences, each with what to do next.
  returned: failure
  type: str
  sample: "The report folder cannot be written: /reports: Permission denied."
refusals:
  description: Everything that stands against it, as data.
  returned: failure
  type: list
  elements: dict
  contains:
    code: {type: str, description: "Stable name of the reason."}
    server: {type: str, description: "Inventory name of the server, or empty where the topology as a whole is meant."}
    text: {type: str, description: "What is wrong, in one sentence."}
    next: {type: str, description: "What to do next."}
next_command:
  description: What to do next about the first of them.
  returned: failure
  type: str
  sample: "Name a folder that you may write as entra_connect_report_dir, then run the same command again; nothing was changed."
"""
