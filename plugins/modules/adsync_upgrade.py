# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (https://www.gnu.org/licenses/gpl-3.0.txt)
"""Documentation of the action plugin of the same name; there is no code here."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: adsync_upgrade
short_description: Upgrade one server, together with a person at its wizard
version_added: 1.0.0
description:
  - Checks the MSI against its checksum, looks at its signature and product, lays it down quietly, tells a person what to do in the wizard,
    watches, and proves the version afterwards.
  - An MSI on the controller is sent to the server first, over the same connection, into the folder C(%ProgramData%\EntraConnectOps\files).
    A transfer that broke off goes on where it stopped when the module is run again; a file that is there with the same checksum is not sent
    again. It stays there after the upgrade.
  - The server runs no MSI that has another checksum, that is not validly signed by Microsoft Corporation, or that installs another product. A
    file on the server is refused for that before anything changes; one that has to be sent, when it has arrived.
  - Only the wizard upgrades. The quiet MSI puts the new wizard on the disk and leaves the running version as it is, so a person is
    needed on the server; the module waits until the engine has the wanted version, the wizard is closed and the service runs.
  - The server must be a staging server, or with O(only_server) the only one of its topology. Release a held one first with
    M(hybrid_identity.entra_connect.adsync_hold), since the wizard needs the service.
  - A version that is known to be bad (2.6.79.0 was recalled, 2.6.84.0 fails on an existing database), an older one than the engine's, and an
    MSI whose ProductVersion is not O(version) are refused before anything changes.
  - Exit codes of C(msiexec) are told with what they mean. 3010 asks the person to restart the server first; 1618, another installation, is
    asked again for at most O(idle_timeout) seconds; whatever the code, the wizard's version on the disk decides.
  - A server that restarts, or cannot be reached for a while, is unknown and asked again, until O(wizard_timeout).
  - Afterwards engine, wizard and configured version are the same, the role is as before by both readings in two reads, the service runs and the
    scheduler is not suspended. Full runs that the upgrade has queued, and scheduler settings that it has changed, are told.
  - Staging mode is read at each poll. Where a wrong tick in the wizard turns it off, the server is blocked by a firewall rule, stopped
    and disabled at once.
  - An upgrade that was laid down and not finished in the wizard goes on with the wizard.
  - Without O(claim) it takes a claim of its own on the server and ends it afterwards; a live claim of somebody else refuses, unless
    O(take_over).
author: The hybrid_identity.entra_connect contributors (!UNKNOWN)
extends_documentation_fragment:
  - hybrid_identity.entra_connect.attributes
  - hybrid_identity.entra_connect.server
  - hybrid_identity.entra_connect.claim
  - hybrid_identity.entra_connect.waits
options:
  version:
    description: Version of four numbers that the server is to have.
    type: str
    required: true
  msi:
    description:
      - I(AzureADConnect.msi), needed where the wizard on disk is below O(version).
      - Where there is such a file on the controller, that file is sent; a relative path begins at the folder where Ansible was started.
        Its name must be plain, with letters, digits, dots, dashes and underscores only.
      - Else a name without any folder is a file in C(%ProgramData%\EntraConnectOps\files) on the server.
      - Else it is a full path on the server. Over a restricted endpoint that cannot be used.
    type: str
  msi_sha256:
    description: SHA-256 checksum of O(msi), 64 hexadecimal digits. Needed together with O(msi).
    type: str
  operator_ready:
    description:
      - Whether a person is ready at a console of the server, with an account that is Hybrid Identity Administrator of the tenant and,
        where the upgrade asks for it, one that is Enterprise Admin.
      - Where it is V(false) the outcome is V(needs_operator) before anything changes. There is no prompt, so that an unattended run
        cannot pass one by accident.
    type: bool
    default: false
  only_server:
    description:
      - The server is the only one of its topology and stays active while it is upgraded. Refused where the topology has another member, also
        one that is declared out.
      - Exports stop while the scheduler is suspended.
    type: bool
    default: false
  accept_known_bad:
    description: Reason to take a version that is known to be bad all the same; told and shown, for instance a change number.
    type: str
  take_over:
    description: Supersede a live claim of somebody else on the server.
    type: bool
    default: false
notes:
  - Between a wrong tick in the wizard and the next poll, O(poll_interval) seconds later at most, the server may export.
  - The firewall rule does not hold where the firewall service is stopped, a profile is off or ignores local rules, a rule allows the
    traffic past it, or a proxy or redirector listens on loopback or on the address of a remote SQL Server. The stopped and disabled
    service does.
seealso:
  - module: hybrid_identity.entra_connect.adsync_version
  - module: hybrid_identity.entra_connect.adsync_hold
  - module: hybrid_identity.entra_connect.adsync_auto_upgrade
"""

EXAMPLES = r"""
# Ad hoc: ansible srv2 -m hybrid_identity.entra_connect.adsync_upgrade -a 'version=2.6.92.0 operator_ready=true'

- name: Upgrade the server
  hybrid_identity.entra_connect.adsync_upgrade:
    version: 2.6.92.0
    msi: C:\Install\AzureADConnect.msi
    msi_sha256: "{{ entra_connect_msi_sha256 }}"
    operator_ready: true
    wizard_timeout: 7200

- name: Upgrade the server with an MSI on the controller
  hybrid_identity.entra_connect.adsync_upgrade:
    version: 2.6.92.0
    msi: /srv/install/AzureADConnect.msi
    msi_sha256: "{{ entra_connect_msi_sha256 }}"
    operator_ready: true

- name: Assert that all went well
  hybrid_identity.entra_connect.adsync_version:
    minimum: 2.6.92.0
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
version:
  description: Version of the engine now. After an upgrade it is O(version), or a later one.
  returned: success
  type: str
  sample: 2.6.92.0
before:
  description: The version before the upgrade; empty where it could not be read.
  returned: success
  type: dict
  contains:
    version: {type: str, description: "Version of the engine."}
  sample: {version: 2.5.79.0}
after:
  description: The version after the upgrade, or in check mode as it would be.
  returned: success
  type: dict
  contains:
    version: {type: str, description: "Version of the engine."}
  sample: {version: 2.6.92.0}
versions:
  description: The versions of the server before and after; an unread one is empty.
  returned: after an upgrade
  type: dict
  contains:
    before: {type: dict, description: "RV(versions.after), before it."}
    after: {type: dict, description: "C(engine), C(wizard), C(product), C(configuration), C(pending_wizard), and what is known of support."}
  sample: {before: {engine: 2.5.79.0}, after: {engine: 2.6.92.0}}
changes:
  description: What the upgrade has changed besides the version.
  returned: after an upgrade
  type: dict
  contains:
    scheduler: {type: dict, description: "Settings of the scheduler, each with its value before and after."}
    queued: {type: list, elements: str, description: "Connectors for which the next cycle does a full import or a full synchronisation."}
    overrides_read: {type: bool, description: "Whether that could be read."}
  sample: {scheduler: {}, queued: [contoso.local], overrides_read: true}
restart_pending:
  description: Whether Windows still wants a restart, since the installer ended with 3010 and the server was not restarted.
  returned: after an upgrade
  type: bool
transfer:
  description: The MSI on the controller that is sent to the server; empty where O(msi) is no such file, or the wizard needs none.
  returned: when O(version) was not there already, in check mode too
  type: dict
  contains:
    name: {type: str, description: "Its name in the folder on the server."}
    size: {type: int, description: "Its size in bytes."}
    sha256: {type: str, description: "Its checksum."}
    needed: {type: bool, description: "Whether it was sent, or in check mode would be; false where the server had it already."}
  sample: {name: AzureADConnect.msi, size: 152371200, sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08, needed: true}
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
  sample: "The file C:\\Install\\AzureADConnect.msi on srv2 has another checksum than the one given. Get the MSI from the Entra admin
    center again, or correct entra_connect_msi_sha256."
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
    - code: checksum_wrong
      server: srv2
      text: "The file C:\\Install\\AzureADConnect.msi on srv2 has another checksum than the one given."
      next: "Get the MSI from the Entra admin center again, or correct entra_connect_msi_sha256."
next_command:
  description: What to do next about the first refusal.
  returned: failure
  type: str
  sample: "Get the MSI from the Entra admin center again, or correct entra_connect_msi_sha256."
"""
