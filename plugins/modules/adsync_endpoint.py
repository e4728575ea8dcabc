# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (https://www.gnu.org/licenses/gpl-3.0.txt)
"""Documentation of the action plugin of the same name; there is no code here."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: adsync_endpoint
short_description: Register a restricted PowerShell endpoint (JEA) on one server, or remove it
version_added: 1.0.0
description:
  - Registers a session configuration of Windows PowerShell on which only functions of this collection can be called, by commands and
    parameters; no script text is taken there. Who is in one of O(groups) may use it, and needs no other right on the server.
  - Connect to it with C(ansible_psrp_configuration_name), connection C(psrp) only. Nothing else of Ansible works over it.
  - The registration restarts WinRM on the server, which ends every remote session there. A process of its own does it; this module reads over
    a new connection what came of it, and never sends the request twice.
  - An endpoint is registered anew only if one of the options or the version of the installed module has changed; its description keeps a checksum
    of them. A session configuration of that name that this collection has not made is never touched.
  - The collection's PowerShell module must be installed on the server, see M(hybrid_identity.entra_connect.adsync_server_module).
  - It needs an endpoint in full language mode. Where the usual one is restricted, give this task another one, for instance with
    C(ansible_psrp_configuration_name=Microsoft.PowerShell).
  - A live claim of anybody stands against it.
author: The hybrid_identity.entra_connect contributors (!UNKNOWN)
extends_documentation_fragment:
  - hybrid_identity.entra_connect.attributes
  - hybrid_identity.entra_connect.server
options:
  name:
    description:
      - Name of the endpoint. It begins with a letter, and has letters, digits, C(_), C(.) and C(-) only, 61 at most.
    type: str
    required: true
  capability:
    description:
      - What may be called on it. Needed with O(state=present).
    type: str
    choices:
      reader: Functions that change nothing.
      operator: All that a switch and an upgrade need.
  groups:
    description:
      - Who may use it, as C(DOMAIN\\group). With O(state=present) at least one.
    type: list
    elements: str
    default: []
  account_groups:
    description:
      - Groups of the virtual account that the endpoint runs as. With none, it is a local administrator.
    type: list
    elements: str
    default: []
  managed_account:
    description:
      - A group managed service account that the endpoint runs as, C(DOMAIN\\name$), in the place of a virtual account.
    type: str
    default: ""
  state:
    description: Whether the endpoint is to be there.
    type: str
    choices:
      present: Registered as the options say.
      absent: Not registered.
    default: present
  timeout:
    description: How long to wait until the endpoint is as wanted, in seconds.
    type: int
    default: 120
seealso:
  - module: hybrid_identity.entra_connect.adsync_server_module
"""

EXAMPLES = r"""
# Ad hoc: ansible srv1 -m hybrid_identity.entra_connect.adsync_endpoint -a 'name=EntraSyncReader state=absent'

- name: Let the operators in
  hybrid_identity.entra_connect.adsync_endpoint:
    name: EntraSyncOperator
    capability: operator
    groups: ["CONTOSO\\Identity Operators"]

- name: Let others read, as an account that is no administrator
  hybrid_identity.entra_connect.adsync_endpoint:
    name: EntraSyncReader
    capability: reader
    groups: ["CONTOSO\\Identity Readers"]
    account_groups: ["ADSyncOperators", "ADSyncBrowse"]

- name: Remove an endpoint
  hybrid_identity.entra_connect.adsync_endpoint:
    name: EntraSyncReader
    state: absent
"""

RETURN = r"""
outcome:
  description:
    - How it ended, in one word.
    - V(already) means that it was so before, and nothing was changed.
    - V(done) means that it is so now, and was read back over a new connection.
    - V(planned) in check mode, what would be done; nothing was changed.
    - V(refused) means that something says no, see RV(refusals); nothing was changed.
    - V(incomplete) means that Windows did not take the endpoint.
    - V(unknown) means that what is so cannot be told. Only a read, or the same request again, may follow.
  returned: always
  type: str
  sample: done
name:
  description: Name of the endpoint.
  returned: success
  type: str
  sample: EntraSyncOperator
before:
  description: How the endpoint was registered, as far as it is known.
  returned: success
  type: dict
  sample: {state: absent, capability: "", groups: [], account_groups: [], managed_account: ""}
after:
  description: How it is registered, or in check mode would be.
  returned: success
  type: dict
  sample: {state: registered, capability: operator, groups: ["CONTOSO\\Identity Operators"], account_groups: [], managed_account: ""}
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
  sample: "srv1 is claimed by somebody else. Wait until that run has ended."
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
    - code: claim_live
      server: srv1
      text: "srv1 is claimed by somebody else."
      next: "Wait until that run has ended."
next_command:
  description: What to do next about the first refusal.
  returned: failure
  type: str
  sample: "Wait until that run has ended."
"""
