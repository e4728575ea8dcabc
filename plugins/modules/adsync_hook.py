# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (https://www.gnu.org/licenses/gpl-3.0.txt)
"""Documentation of the action plugin of the same name; there is no code here."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: adsync_hook
short_description: Keep the claim while a task file of your own runs, and judge what came of it
version_added: 1.0.0
description:
  - The playbooks include task files of your own at some points, such as C(entra_connect_snapshot). This module judges what came of one, so that a
    run that ends there says so with a code and leaves a safe state.
  - Your tasks for a snapshot set the fact C(entra_connect_snapshot_result) to a dictionary with C(id) and C(time); that is the evidence.
  - With O(lasts) nothing is judged yet; it renews the claim on all servers for that long, since nobody renews it while your tasks run. Afterwards
    O(claim) must still stand. Each change of a server asks for its token once more, so that a run which lost it changes nothing.
  - It changes nothing else, and without O(claim) asks no server. Only with O(name=revert_snapshot) it waits until the server answers again.
author: The hybrid_identity.entra_connect contributors (!UNKNOWN)
extends_documentation_fragment:
  - hybrid_identity.entra_connect.attributes
  - hybrid_identity.entra_connect.attributes.read_only
  - hybrid_identity.entra_connect.server
  - hybrid_identity.entra_connect.claim
options:
  name:
    description: Which of the task files, as in the variable C(entra_connect_NAME).
    type: str
    choices: [before_demote, snapshot, after_promote, on_stop, revert_snapshot]
    required: true
  lasts:
    description:
      - Before your tasks run, how many seconds they may take. A run that is killed meanwhile leaves a claim that lives as long.
    type: int
  failed:
    description: Result of the task of yours that has failed, where one has.
    type: dict
  result:
    description: With O(name=snapshot), the fact that your tasks have set, with C(id) and C(time) (UTC, ISO 8601).
    type: dict
  required:
    description: Fail where O(result) is no evidence of a snapshot.
    type: bool
    default: false
  idle_timeout:
    description: With O(name=revert_snapshot), seconds to wait until the server answers again.
    type: int
    default: 1800
  poll_interval:
    description: Seconds between two looks.
    type: float
    default: 10.0
seealso:
  - module: hybrid_identity.entra_connect.adsync_hold
"""

EXAMPLES = r"""
# Ad hoc: ansible srv1 -m hybrid_identity.entra_connect.adsync_hook -a name=before_demote

- name: Keep the claim for the time that a snapshot takes
  hybrid_identity.entra_connect.adsync_hook:
    name: snapshot
    claim: "{{ entra_token }}"
    lasts: 900

- name: Judge the snapshot that was taken
  hybrid_identity.entra_connect.adsync_hook:
    name: snapshot
    result: {id: snapshot-4711, time: "2026-11-02T12:00:00Z"}
    required: true
"""

RETURN = r"""
outcome:
  description:
    - How it ended, in one word.
    - V(done) means that your tasks did what they have to.
    - V(refused) means that something says no, see RV(refusals); nothing was changed.
    - V(incomplete) means that one of them has failed, or gave no evidence; the same request again goes on from there.
    - V(unknown) means that what is so cannot be told. Only a read, or the same request again, may follow.
  returned: always
  type: str
  sample: done
snapshot:
  description: The evidence of a snapshot, else empty.
  returned: success
  type: dict
  contains:
    id: {type: str, description: "What your tasks call it."}
    time: {type: str, description: "When it was taken."}
  sample: {id: snapshot-4711, time: "2026-11-02T12:00:00Z"}
ansible_facts:
  description: With O(name=snapshot), the fact that your tasks had set, taken back, so that it is not the evidence of another server.
  returned: success
  type: dict
  contains:
    entra_connect_snapshot_result: {type: dict, description: "Empty."}
msg:
  description: Everything that stands against it, in plain sentences, each with what to do next.
  returned: failure
  type: str
  sample: "The tasks of entra_connect_before_demote for srv1 have failed: the change is not approved. Put right what they say, then run the
    same command again."
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
    - code: hook_failed
      server: srv1
      text: "The tasks of entra_connect_before_demote for srv1 have failed: the change is not approved."
      next: "Put right what they say, then run the same command again."
next_command:
  description: What to do next about the first refusal.
  returned: failure
  type: str
  sample: "Put right what they say, then run the same command again."
"""
