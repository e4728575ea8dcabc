# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (https://www.gnu.org/licenses/gpl-3.0.txt)
"""Documentation of the action plugin of the same name; there is no code here."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: adsync_auto_upgrade
short_description: Read, freeze, set, or restore automatic upgrade on one server
version_added: 1.0.0
description:
  - Reads or changes whether Microsoft Entra Connect Sync upgrades itself on one server.
  - Only C(Disabled) keeps a server from upgrading itself. C(Suspended) is set by the product itself, is no choice of an operator, and
    does not count as off.
  - Without O(claim) only a live claim of somebody else stands against a change; reading needs none.
author: The hybrid_identity.entra_connect contributors (!UNKNOWN)
extends_documentation_fragment:
  - hybrid_identity.entra_connect.attributes
  - hybrid_identity.entra_connect.server
  - hybrid_identity.entra_connect.claim
options:
  state:
    description: What automatic upgrade is to be.
    type: str
    choices:
      query: Only read it.
      frozen: Off for the time of an operation. What was found is written down once, and kept until it is restored.
      restored: As it was found before V(frozen). Where somebody has changed it since, the present value is kept and told (RV(kept)).
      enabled: On.
      disabled: Off, without writing down what was found.
    default: query
seealso:
  - module: hybrid_identity.entra_connect.adsync_claim
  - module: hybrid_identity.entra_connect.adsync_upgrade
"""

EXAMPLES = r"""
# Ad hoc: ansible srv1 -m hybrid_identity.entra_connect.adsync_auto_upgrade

- name: Read whether the server upgrades itself
  hybrid_identity.entra_connect.adsync_auto_upgrade:
  register: entra_auto_upgrade

- name: Claim the servers
  hybrid_identity.entra_connect.adsync_claim:
    state: present
  register: entra_claim

- name: Freeze automatic upgrade
  hybrid_identity.entra_connect.adsync_auto_upgrade:
    claim: "{{ entra_claim.claim }}"
    state: frozen

- name: Restore it as found
  hybrid_identity.entra_connect.adsync_auto_upgrade:
    claim: "{{ entra_claim.claim }}"
    state: restored

- name: End the claim
  hybrid_identity.entra_connect.adsync_claim:
    claim: "{{ entra_claim.claim }}"
    state: absent
    final_outcome: done
"""

RETURN = r"""
outcome:
  description:
    - How it ended, in one word.
    - V(already) means that it was so before, and nothing was changed.
    - V(done) means that it is so now, and was read back.
    - V(planned) in check mode, what would be done; nothing was changed.
    - V(refused) means that something says no, see RV(refusals); nothing was changed.
    - V(needs_operator) means that a person must do something first, see RV(next_command).
    - V(incomplete) means that a part was done and the rest was not; the same request again goes on from there.
    - V(unknown) means that what is so cannot be told. Only a read, or the same request again, may follow.
  returned: always
  type: str
  sample: done
auto_upgrade:
  description: Automatic upgrade as it is now, V(Enabled), V(Disabled) or V(Suspended).
  returned: success, but for O(state=restored)
  type: str
  sample: Disabled
before:
  description: Automatic upgrade before the change. Empty where O(state=restored) finds nothing to restore.
  returned: success
  type: dict
  sample: {auto_upgrade: Enabled}
after:
  description: Automatic upgrade after the change, or in check mode as it would be.
  returned: success
  type: dict
  sample: {auto_upgrade: Disabled}
kept:
  description: Whether somebody had changed the value since, so that it was not restored.
  returned: O(state=restored) and the value was not restored
  type: bool
  sample: true
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
  sample: "The state of automatic upgrade on srv1 cannot be read. On srv1 run Get-ADSyncAutoUpgrade and put right what it says."
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
    - code: auto_upgrade_unread
      server: srv1
      text: "The state of automatic upgrade on srv1 cannot be read."
      next: "On srv1 run Get-ADSyncAutoUpgrade and put right what it says."
next_command:
  description: What to do next about the first refusal.
  returned: failure
  type: str
  sample: "On srv1 run Get-ADSyncAutoUpgrade and put right what it says."
"""
