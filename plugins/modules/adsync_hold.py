# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (https://www.gnu.org/licenses/gpl-3.0.txt)
"""Documentation of the action plugin of the same name; there is no code here."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: adsync_hold
short_description: Hold a staging server down, or release it
version_added: 1.0.0
description:
  - A I(hold) stops the service ADSync of a staging server and disables its start, so that the server cannot export whatever somebody
    clicks in its wizard. All other servers are held while one is promoted.
  - A hold is one step on the server, in which a record is begun, the start type set to Disabled, staging mode read on in both ways with
    no wizard open, the service stopped, confirmed stopped with still no wizard open, and the record completed. A step that was cut off
    is completed by the same task.
  - A I(release) goes through I(quarantine). A firewall rule blocks what the engine would send, the service is started behind it, and the
    rule is lifted only when staging mode reads on, nothing runs and no wizard is open. Where staging mode reads off, the server is
    stopped and disabled again with the rule on.
  - A hold asks its own server only, so it works while other servers are lost. A release reads all servers before it starts one, and
    refuses where one does not answer; of a server that is not held it asks no other.
  - Without O(claim) the module takes a claim of its own on the server, which supersedes any other, and ends it afterwards.
author: The hybrid_identity.entra_connect contributors (!UNKNOWN)
extends_documentation_fragment:
  - hybrid_identity.entra_connect.attributes
  - hybrid_identity.entra_connect.server
  - hybrid_identity.entra_connect.claim
  - hybrid_identity.entra_connect.waits.idle
options:
  state:
    description: What the server is to be.
    type: str
    choices:
      held: Stopped and disabled, with staging mode on, proved and recorded. The server must be a staging server that is quiet within
        O(idle_timeout).
      released: Running, staging and without the firewall rule, its start type as it was found.
    default: held
notes:
  - The instant between the last read of staging mode and the stop of the service cannot be closed, since a stopped server tells nobody
    its staging mode. A person who turns it off in just that instant leaves a hold that is wrong; the release finds that out behind the
    firewall rule.
  - The firewall rule lets only a remote SQL Server of the engine through. It does not hold where the firewall service is stopped, a
    profile is off or ignores local rules, a rule allows the traffic past it, or a proxy or redirector listens on loopback or on the
    address of SQL Server. That is checked before the start and at each read, and then only an unbroken hold is released.
  - A hold is I(broken) where somebody started the service or changed its start type, and I(wrong) where it was made with staging mode
    off. With O(state=held) a broken hold is mended behind the firewall rule; one that is wrong, or turns out to be, is refused, and is
    mended by M(hybrid_identity.entra_connect.adsync_staging) with C(enabled=true).
  - While a server is held it does not synchronise. Release it before a week is over, else it needs a full synchronisation.
seealso:
  - module: hybrid_identity.entra_connect.adsync_staging
  - module: hybrid_identity.entra_connect.adsync_claim
"""

EXAMPLES = r"""
# Ad hoc: ansible srv1 -m hybrid_identity.entra_connect.adsync_hold -a state=held
# Ad hoc: ansible srv1 -m hybrid_identity.entra_connect.adsync_hold -a state=released

- name: Hold the server
  hybrid_identity.entra_connect.adsync_hold:

- name: Hold every server but the one that is to be promoted
  hybrid_identity.entra_connect.adsync_hold:
    server: "{{ item }}"
    state: held
  loop: "{{ groups['entra_connect'] | difference(['srv2']) }}"

- name: Release it
  hybrid_identity.entra_connect.adsync_hold:
    state: released
    idle_timeout: 3600
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
role:
  description: Role of the server now, V(held), V(staging), or where there was no hold to release also V(active) or V(unknown).
  returned: success
  type: str
  sample: held
hold:
  description: State of the hold now, V(none), V(pending) or V(unbroken); V(broken) only in check mode, of a hold that would be released.
  returned: success
  type: str
  sample: unbroken
before:
  description: The state before the change.
  returned: success
  type: dict
  contains:
    role: {type: str, description: "Role of the server."}
    hold: {type: str, description: "State of the hold."}
  sample: {role: staging, hold: none}
after:
  description: The state after the change, or in check mode as it would be.
  returned: success
  type: dict
  contains:
    role: {type: str, description: "Role of the server."}
    hold: {type: str, description: "State of the hold."}
  sample: {role: held, hold: unbroken}
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
  sample: "srv1 is held with staging mode off: started, it would export. Mend it: ansible srv1 -m
    hybrid_identity.entra_connect.adsync_staging -a enabled=true."
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
    - code: hold_wrong
      server: srv1
      text: "srv1 is held with staging mode off: started, it would export."
      next: "Mend it: ansible srv1 -m hybrid_identity.entra_connect.adsync_staging -a enabled=true."
next_command:
  description: What to do next about the first refusal.
  returned: failure
  type: str
  sample: "Mend it: ansible srv1 -m hybrid_identity.entra_connect.adsync_staging -a enabled=true."
"""
