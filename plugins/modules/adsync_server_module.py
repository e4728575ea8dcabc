# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (https://www.gnu.org/licenses/gpl-3.0.txt)
"""Documentation of the action plugin of the same name; there is no code here."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: adsync_server_module
short_description: Install the collection's PowerShell module on one server, or remove it
version_added: 1.0.0
description:
  - Installs the PowerShell functions of this collection as the module C(EntraConnectOps), for all users of one server
    (C(%ProgramFiles%\WindowsPowerShell\Modules\EntraConnectOps)), or removes it.
  - No module of this collection needs it on an endpoint in full language mode, where the functions' text is sent along with each connection.
    Installed, tasks over C(psrp) send a few kilobytes instead, and an endpoint that allows commands only (JEA) can be used at all.
  - The module is written as a whole or not at all. A file that somebody changed, added or removed is seen by the checksum, and put right.
  - A version with the same major number as the collection is used as it is. Every other module refuses another one by name
    (C(module_version)) before anything changes. Its own text is not sent in the place of a wrong version, so that the functions of two
    versions never meet in one session; this module alone always sends its text.
  - Over C(winrm) the functions' text is always sent along, whether the module is installed or not.
  - It needs an endpoint in full language mode. Where the usual one is a JEA endpoint, give this task another one, for instance with
    C(ansible_psrp_configuration_name=Microsoft.PowerShell).
  - A live claim of anybody stands against it. Record and journal on the server are kept, also with O(state=absent).
author: The hybrid_identity.entra_connect contributors (!UNKNOWN)
extends_documentation_fragment:
  - hybrid_identity.entra_connect.attributes
  - hybrid_identity.entra_connect.server
options:
  state:
    description: Whether the module is to be there.
    type: str
    choices:
      present: In the version of this collection, and in no other version.
      absent: In no version.
    default: present
seealso:
  - module: hybrid_identity.entra_connect.adsync_info
"""

EXAMPLES = r"""
# Ad hoc: ansible srv1 -m hybrid_identity.entra_connect.adsync_server_module

- name: Install the functions on the server
  hybrid_identity.entra_connect.adsync_server_module:

- name: Install them where the usual endpoint is a constrained one
  hybrid_identity.entra_connect.adsync_server_module:
  vars:
    ansible_psrp_configuration_name: Microsoft.PowerShell

- name: Remove them
  hybrid_identity.entra_connect.adsync_server_module:
    state: absent
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
version:
  description: The installed version, or in check mode as it would be. Empty for none.
  returned: success
  type: str
  sample: 1.2.0
sha256:
  description: Checksum over all files of that version. Empty for none.
  returned: success
  type: str
  sample: 9f2c0d3c4b1e5a6978877665544332211ffeeddccbbaa00998877665544332211
before:
  description: What was installed. With several versions, the newest, which PowerShell loads, and the numbers of the others.
  returned: success
  type: dict
  sample: {version: "", sha256: "", others: []}
after:
  description: What is installed, or in check mode what would be.
  returned: success
  type: dict
  sample: {version: 1.2.0, sha256: 9f2c0d3c4b1e5a6978877665544332211ffeeddccbbaa00998877665544332211, others: []}
left:
  description: Folders of older versions that were in use and stayed. The next run removes them.
  returned: success
  type: list
  elements: str
  sample: []
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
