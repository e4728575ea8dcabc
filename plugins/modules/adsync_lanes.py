# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (https://www.gnu.org/licenses/gpl-3.0.txt)
"""Documentation of the action plugin of the same name; there is no code here."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: adsync_lanes
short_description: Find the topologies of the inventory and one lane for each
version_added: 1.0.0
description:
  - Groups the hosts of the inventory group C(entra_connect) into topologies, which are the servers that share one tenant, and chooses
    the lane of each. A lane is the one host on which a playbook's tasks for a topology run, its first member by name within
    the limit that is not declared out.
  - A topology is made of the hosts with the same value of the variable C(entra_connect_topology); where it is not set, the whole group
    is one topology.
  - It connects to nothing and changes nothing. Run it once, on C(localhost), in the first play of a playbook.
  - It fails where the group is missing or empty, where the limit leaves no server of it, and where two inventory names of a topology
    have the same address and port.
author: The hybrid_identity.entra_connect contributors (!UNKNOWN)
extends_documentation_fragment:
  - hybrid_identity.entra_connect.attributes
  - hybrid_identity.entra_connect.attributes.read_only
attributes:
  async:
    details: It only looks at the inventory.
  become:
    details: It connects to nothing.
  connection:
    support: none
    details: It connects to nothing.
  delegation:
    support: N/A
    details: It connects to nothing.
options:
  changing:
    description:
      - Whether the playbook changes anything. Such a one needs all servers of a topology, so a limit to a part of one fails.
      - With V(false) the limit only chooses the topologies, of which all servers are read all the same.
    type: bool
    default: true
  verb:
    description:
      - The playbook, where it is about one server that the user must name. Only the topology of that server has a lane then.
      - With V(failover) the variables C(entra_connect_dead), C(entra_connect_fence), C(entra_connect_fence_reason) and
        C(entra_connect_fence_evidence) are looked at, with V(rejoin) the variable C(entra_connect_rejoin).
    type: str
    choices: ["", failover, rejoin]
    default: ""
seealso:
  - module: hybrid_identity.entra_connect.adsync_invariant
"""

EXAMPLES = r"""
# A playbook of one's own with a lane for each topology

- name: Find the topologies
  hosts: localhost:all
  gather_facts: false
  tasks:
    - name: Choose one lane for each topology
      hybrid_identity.entra_connect.adsync_lanes:
        changing: false
      run_once: true
      register: entra_found

    - name: Add the lanes to their group
      ansible.builtin.add_host:
        name: "{{ item.lane }}"
        groups: entra_connect_lanes
      loop: "{{ entra_found.lanes }}"
      changed_when: false

- name: Work on each topology
  hosts: entra_connect_lanes
  gather_facts: false
  strategy: ansible.builtin.host_pinned
  tasks:
    - name: Assert that exactly one server is active
      hybrid_identity.entra_connect.adsync_invariant:
"""

RETURN = r"""
lanes:
  description: One entry for each topology within the limit, sorted by name of the topology.
  returned: success
  type: list
  elements: dict
  contains:
    topology: {type: str, description: "Value of C(entra_connect_topology), or V(entra_connect) where it is not set."}
    lane: {type: str, description: "Inventory name of the host on which the tasks run."}
    members: {type: list, elements: str, description: "Inventory names of all its servers, sorted, also of those outside of the limit."}
    out: {type: list, elements: str, description: "Those of them that are declared out, sorted; none of them is ever a lane."}
  sample:
    - topology: entra_connect
      lane: srv1
      members: [srv1, srv2]
      out: []
msg:
  description: What is wrong with the inventory or the limit, and what to write.
  returned: failure
  type: str
  sample: "the inventory has no group 'entra_connect' with servers in it; put all Entra Connect servers of the tenant there"
"""
