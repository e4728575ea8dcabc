# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (https://www.gnu.org/licenses/gpl-3.0.txt)
"""Documentation of the action plugin of the same name; there is no code here."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: adsync_pending_export_info
short_description: Tell what servers would export, by connector and attribute
version_added: 1.0.0
description:
  - Reads for each connector how many objects are pending for export as adds, updates and deletes, from the connector's statistics. With
    O(detail) it also tells how many objects each attribute is touched on. It changes nothing.
  - The detail comes from C(csexport.exe) of the sync engine. The file that it writes on the server lies in a folder that only
    Administrators and SYSTEM can open, is read as a stream there, and is deleted at once. On a large connector space that takes minutes.
  - What leaves the server are numbers, names of attributes and of object types, and with O(samples) the names of some objects. No value of
    any attribute leaves it.
  - A budget counts the objects that B(exist) and would get another value, a first one, or none. New objects have a budget of their own,
    V(adds). For V(member) that is the number of groups, not of members.
  - The module does not fail for what it finds, unless O(enforce) says so. RV(fails) says what would stand against a promotion (gate G4),
    RV(warns) what should be looked at. After an upgrade it is normal that an attribute is touched on nearly all objects, so that updates are
    told by attribute and refused by a budget only.
  - Always told by name, where they are touched, are V(userPrincipalName), V(sourceAnchor), V(onPremisesImmutableId), V(proxyAddresses),
    V(accountEnabled) and V(member).
author: The hybrid_identity.entra_connect contributors (!UNKNOWN)
extends_documentation_fragment:
  - hybrid_identity.entra_connect.attributes
  - hybrid_identity.entra_connect.attributes.read_only
  - hybrid_identity.entra_connect.server
  - hybrid_identity.entra_connect.claim
options:
  servers:
    description:
      - Inventory names of the servers that are read, side by side; V(all) alone means every server of the topology.
      - By default it is the one of O(server). One that cannot be read is told in RV(pending), and the task does not fail for it.
    type: list
    elements: str
  detail:
    description: Whether attributes, object types and samples are read too.
    type: bool
    default: false
  samples:
    description:
      - How many objects to name for each connector and each of adds, updates and deletes, from 0 to 100. It needs O(detail).
      - The names are distinguished names, which are personal data; V(0) fetches none.
    type: int
    default: 0
  max_pending:
    description:
      - The budget by which RV(fails) is judged. It has the keys V(adds), V(updates) and V(deletes), the objects that each connector may have
        pending. V(deletes) is 0 where it is absent; any other kind that is absent is unlimited.
      - The key V(attributes) is a mapping of names of attributes, in any case, to the number of existing objects of each connector on which
        each may be touched. It needs O(detail); what cannot be counted then is above every budget.
    type: dict
    default: {deletes: 0}
  enforce:
    description: Whether the task fails where RV(fails) is not empty.
    type: bool
    default: false
  timeout:
    description: Seconds that each server may take. What is not ready ten seconds before is told as not read.
    type: int
    default: 180
notes:
  - Under a O(claim) the claim is renewed on every server first, and on the servers that are not read while it takes. Over C(winrm), where
    nothing else is asked meanwhile, keep O(timeout) below the lease of 120 seconds.
seealso:
  - module: hybrid_identity.entra_connect.adsync_plan
"""

EXAMPLES = r"""
# Ad hoc: ansible srv2 -m hybrid_identity.entra_connect.adsync_pending_export_info -a detail=true

- name: What would the staging server export?
  hybrid_identity.entra_connect.adsync_pending_export_info:
    server: srv2
    detail: true
    samples: 3
  register: entra_pending

- name: Show it
  ansible.builtin.debug:
    msg: "{{ entra_pending.text }}"

- name: Judge all servers by a budget
  hybrid_identity.entra_connect.adsync_pending_export_info:
    servers: [all]
    detail: true
    max_pending:
      deletes: 0
      attributes:
        userPrincipalName: 0
        proxyAddresses: 50
    enforce: true
"""

RETURN = r"""
outcome:
  description:
    - How it ended, in one word.
    - V(done) means that what could be read was read.
    - V(refused) means that an option cannot be meant, or with O(enforce) that RV(fails) is not empty.
    - V(incomplete) means that the claim was lost, or could not be renewed.
    - V(unknown) means that the task was interrupted.
  returned: always
  type: str
  sample: done
pending:
  description: What each server would export, by inventory name. This is the evidence of the kind C(pending).
  returned: when the servers were asked
  type: dict
  contains:
    read: {type: bool, description: "Whether the server answered."}
    reason: {type: str, description: "Why it did not; a server that is held cannot be read, for example."}
    code: {type: str, description: "Stable name of that reason."}
    detailed: {type: bool, description: "Whether details were asked for."}
    connectors:
      description: One entry a connector.
      type: list
      elements: dict
      contains:
        connector: {type: str, description: "Its name."}
        kind: {type: str, description: "V(entra), V(ad) or V(other)."}
        adds: {type: int, description: "Objects that would be added, by the statistics; null is unknown."}
        updates: {type: int, description: "Objects that would be updated."}
        deletes: {type: int, description: "Objects that would be deleted."}
        error: {type: str, description: "Why these are unknown."}
        detail: {type: bool, description: "Whether the file of csexport was read whole; what follows is null otherwise."}
        detail_error: {type: str, description: "Why it was not."}
        objects: {type: int, description: "Objects in the file."}
        detail_adds: {type: int, description: "Adds in the file."}
        detail_updates: {type: int, description: "Updates in the file."}
        detail_deletes: {type: int, description: "Deletes in the file."}
        renames: {type: int, description: "Updated objects that would get another name."}
        unreadable: {type: int, description: "Objects of which it is not known what would be exported."}
        attributes:
          description: Attributes that are touched, at most 200, the watched and the budgeted ones first, then by the number of objects.
          type: list
          elements: dict
          contains:
            name: {type: str, description: "Name of the attribute."}
            on_added: {type: int, description: "New objects that have it."}
            added: {type: int, description: "Existing objects that would get a first value."}
            changed: {type: int, description: "Existing objects that would get another value."}
            removed: {type: int, description: "Existing objects that would lose it."}
        attributes_left_out: {type: int, description: "How many further attributes are touched."}
        object_types:
          description: Object types, with their adds, updates and deletes.
          type: list
          elements: dict
          contains:
            name: {type: str, description: "Name of the type, such as V(user)."}
            adds: {type: int, description: "Objects that would be added."}
            updates: {type: int, description: "Objects that would be updated."}
            deletes: {type: int, description: "Objects that would be deleted."}
        samples:
          description: Some of the objects, as O(samples) says.
          type: list
          elements: dict
          contains:
            dn: {type: str, description: "Its name in the connector space, cut after 400 characters."}
            operation: {type: str, description: "What would be done with it."}
            object_type: {type: str, description: "Its type."}
            attributes: {type: str, description: "Names of the attributes that are touched, at most 20."}
  sample:
    srv2:
      read: true
      reason: ""
      code: ""
      detailed: false
      connectors:
        - {connector: contoso.local, kind: ad, adds: 0, updates: 0, deletes: 0, error: "", detail: false, detail_error: ""}
text:
  description: The same in one line a server, for people.
  returned: when the servers were asked
  type: list
  elements: str
  sample: ["srv2: contoso.onmicrosoft.com - AAD +0 ~12 -0 (proxyAddresses on 3); contoso.local +0 ~0 -0"]
fails:
  description: What stands against a promotion by the budget, what cannot be read, and numbers of deletions that disagree.
  returned: when the servers were asked
  type: list
  elements: dict
  contains:
    code: {type: str, description: "Stable name of the reason."}
    server: {type: str, description: "Inventory name of the server."}
    text: {type: str, description: "What is wrong, in one sentence."}
    next: {type: str, description: "What to do next."}
  sample: []
warns:
  description: What should be looked at, watched attributes that are touched and details that could not be read.
  returned: when the servers were asked
  type: list
  elements: dict
  contains:
    code: {type: str, description: "Stable name of the reason."}
    server: {type: str, description: "Inventory name of the server."}
    text: {type: str, description: "What there is, in one sentence."}
    next: {type: str, description: "What to do next."}
  sample: []
msg:
  description: What stands against it, in plain sentences, each with what to do next.
  returned: failure
  type: str
  sample: "max_pending has no 'removals'; write adds, updates, deletes or attributes."
refusals:
  description: The same as data.
  returned: failure
  type: list
  elements: dict
  contains:
    code: {type: str, description: "Stable name of the reason."}
    server: {type: str, description: "Inventory name of the server, or empty where the topology as a whole is meant."}
    text: {type: str, description: "What is wrong, in one sentence."}
    next: {type: str, description: "What to do next."}
  sample: []
next_command:
  description: What to do next about the first of them.
  returned: failure
  type: str
  sample: "Correct max_pending (entra_connect_max_pending); nothing has changed."
"""
