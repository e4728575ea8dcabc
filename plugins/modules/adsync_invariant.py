# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (https://www.gnu.org/licenses/gpl-3.0.txt)
"""Documentation of the action plugin of the same name; there is no code here."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: adsync_invariant
short_description: Assert how many servers of a topology are active, and which
version_added: 1.0.0
description:
  - Reads all servers of the topology side by side and gives a verdict on how many of them are active.
  - A server is V(active), V(staging), V(held) (stopped and disabled by us, with staging mode on before) or V(unknown). A server that
    does not answer, whose two readings of staging mode disagree, or of which only one can be read, is never counted as staging. It makes
    the module fail.
  - It also fails where two inventory names are one machine, or the servers do not serve the same tenant.
  - A server that does not answer gives a failed task, never an unreachable host, so that Ansible does not drop it and go on.
author: The hybrid_identity.entra_connect contributors (!UNKNOWN)
extends_documentation_fragment:
  - hybrid_identity.entra_connect.attributes
  - hybrid_identity.entra_connect.attributes.read_only
  - hybrid_identity.entra_connect.server
options:
  expect:
    description: How many servers are to be active.
    type: str
    choices:
      exactly_one: One server is active, as in normal operation.
      at_most_one: One server is active, or none, as in the middle of a switch.
      none: No server is active.
    default: exactly_one
  active:
    description: Inventory name of the server that is to be the active one, where one is active.
    type: str
  show:
    description: Show the table of servers as text too.
    type: bool
    default: false
  timeout:
    description: Seconds that the read of each server may take; after that its role is unknown.
    type: int
    default: 30
seealso:
  - module: hybrid_identity.entra_connect.adsync_info
"""

EXAMPLES = r"""
# Ad hoc: ansible srv1 -m hybrid_identity.entra_connect.adsync_invariant

- name: Assert that all is well
  hybrid_identity.entra_connect.adsync_invariant:

- name: Assert that srv2 is the active server
  hybrid_identity.entra_connect.adsync_invariant:
    expect: exactly_one
    active: srv2

- name: Read the state without failing
  hybrid_identity.entra_connect.adsync_invariant:
  register: entra_state
  failed_when: entra_state.servers is not defined

- name: Show the table
  ansible.builtin.debug:
    msg: "{{ entra_state.text }}"
"""

RETURN = r"""
outcome:
  description:
    - How it ended, in one word.
    - V(done) means that it was read.
    - V(refused) means that something says no, see RV(refusals); nothing was changed.
    - V(unknown) means that what is so cannot be told. Only a read, or the same request again, may follow.
    - V(split) means that more than one server is active.
  returned: always
  type: str
  sample: done
ok:
  description: Whether it is as expected, and certain.
  returned: when the servers were asked
  type: bool
  sample: true
active:
  description: Names of the servers that read as active.
  returned: when the servers were asked
  type: list
  elements: str
  sample: [srv1]
servers:
  description: What was read of each server, by inventory name.
  returned: when the servers were asked
  type: dict
  contains:
    role: {type: str, description: "V(active), V(staging), V(held), V(unknown), or V(fenced) for one that is declared out."}
    certain: {type: bool, description: "Whether both readings agree, or the hold is unbroken."}
    reason: {type: str, description: "Why it is that role, in words."}
    version: {type: str, description: "Version of the engine, or empty."}
    read_at: {type: str, description: "The controller's time of the read, UTC, ISO 8601."}
    held_for: {type: int, description: "Seconds that our hold lasts, by the server's own clock; V(null) where there is none. Over 6 days it
      warns."}
  sample:
    srv1: {role: active, certain: true, reason: both readings agree, version: 2.5.79.0, read_at: "2026-11-02T20:14:07.512Z"}
    srv2: {role: staging, certain: true, reason: both readings agree, version: 2.5.79.0, read_at: "2026-11-02T20:14:07.519Z"}
fences:
  description: Every fence of a server that is declared out, as M(hybrid_identity.entra_connect.adsync_fence) returns it.
  returned: when the servers were asked
  type: list
  elements: dict
  sample: []
text:
  description: The same as lines of text, for people.
  returned: when the servers were asked
  type: list
  elements: str
  sample:
    - "server  role     version      why"
    - "srv1    active   2.5.79.0     both readings agree"
    - "srv2    staging  2.5.79.0     both readings agree"
    - "srv1 is the active server"
msg:
  description: Everything that stands against it, in plain sentences, each with what to do next.
  returned: failure
  type: str
  sample: "srv2 cannot be reached. Check name, port, firewall and that WinRM runs there (ansible_host, ansible_psrp_port), then run the
    same command again."
refusals:
  description: Everything that stands against it, as data. All of it is listed, not only the first.
  returned: always, empty on success
  type: list
  elements: dict
  contains:
    code: {type: str, description: "Stable name of the reason."}
    server: {type: str, description: "Inventory name of the server, or empty where the topology as a whole is meant."}
    text: {type: str, description: "What is wrong, in one sentence."}
    next: {type: str, description: "What to do next."}
  sample:
    - code: unreachable
      server: srv2
      text: "srv2 cannot be reached."
      next: "Check name, port, firewall and that WinRM runs there (ansible_host, ansible_psrp_port), then run the same command again."
next_command:
  description: What to do next about the first refusal.
  returned: failure
  type: str
  sample: "Check name, port, firewall and that WinRM runs there (ansible_host, ansible_psrp_port), then run the same command again."
"""
