# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (https://www.gnu.org/licenses/gpl-3.0.txt)
"""Documentation of the action plugin of the same name; there is no code here."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: adsync_config_export
short_description: Export the settings of Entra Connect servers into a private folder on the controller
version_added: 1.0.0
description:
  - Lets each server write its settings with C(Get-ADSyncServerConfiguration), and adds the newest file that the wizard wrote about them. That
    is packed on the server, fetched in pieces over the connection that is there, proved by its checksum, unpacked, and deleted on the server.
  - Each export goes into a folder of its own below C(settings) in the report folder, which nobody but its owner can enter. Nothing is ever
    overwritten. A manifest tells server, versions, time, and the checksum of each file.
  - All servers of the topology are exported in one task, at the same time.
  - The export has names of accounts, domains and organisational units. Passwords are not in those that are known; treat it as sensitive all the same.
  - The wizard's file is written by runs of the wizard only. Changes by PowerShell or the rules editor are not in it, so it may be stale.
author: The hybrid_identity.entra_connect contributors (!UNKNOWN)
extends_documentation_fragment:
  - hybrid_identity.entra_connect.attributes
  - hybrid_identity.entra_connect.server
  - hybrid_identity.entra_connect.claim
attributes:
  check_mode:
    support: full
    details: It is evidence, so that the folder on the controller is written in check mode too. Nothing of the product, record or journal changes.
  diff_mode:
    support: N/A
    details: Only reads, so there is no difference to show.
  idempotent:
    support: partial
    details: Each run makes a new export, which does not count as a change.
options:
  server:
    description:
      - Inventory name of the one server to export.
      - By default all servers of the topology of the task's own host are exported.
    type: str
  report_dir:
    description: Folder on the controller. It is made where it is missing.
    type: path
    required: true
  allow_unread:
    description:
      - Tell a server that gives no export, and go on. By default the task fails then, after it has exported the others.
      - A server whose service is stopped, such as one that is held, cannot be exported.
    type: bool
    default: false
  timeout:
    description: Seconds that each server may take to write and pack its settings.
    type: int
    default: 300
notes:
  - Under a O(claim) the claim is renewed on every server first, and on the servers that are not exported while it takes. Over C(winrm), where
    nothing else is asked meanwhile, keep O(timeout) below the lease of 120 seconds.
seealso:
  - module: hybrid_identity.entra_connect.adsync_config_diff
"""

EXAMPLES = r"""
# Ad hoc: ansible srv1 -m hybrid_identity.entra_connect.adsync_config_export -a report_dir=./entra-connect-reports

- name: Keep the settings of all servers
  hybrid_identity.entra_connect.adsync_config_export:
    report_dir: ./entra-connect-reports
  register: entra_settings

- name: Those of one server
  hybrid_identity.entra_connect.adsync_config_export:
    server: srv2
    report_dir: ./entra-connect-reports
"""

RETURN = r"""
outcome:
  description:
    - How it ended, in one word.
    - V(done) means that the servers that are read were exported.
    - V(incomplete) means that one gave no export.
    - V(refused) means that the report folder cannot be written.
    - V(unknown) means that the task was interrupted.
  returned: always
  type: str
  sample: done
folder:
  description: The new private folder, with one folder for each server that was read.
  returned: when the servers were asked
  type: str
  sample: /home/me/entra-connect-reports/settings/20261102T201500Z-4f6f8e
servers:
  description: What each server gave, by inventory name.
  returned: when the servers were asked
  type: dict
  contains:
    read: {type: bool, description: "Whether it was exported; the values below are there only then."}
    reason: {type: str, description: "Why it was not."}
    path: {type: str, description: "Folder of its files, as C(Get-ADSyncServerConfiguration) lays them out, and C(Wizard)."}
    manifest: {type: str, description: "File with server, versions, time, and the checksum of each file."}
    sha256: {type: str, description: "Checksum of the zip that the server packed, proved after it was fetched."}
    size: {type: int, description: "Bytes of that zip."}
    files: {type: int, description: "How many files are in it."}
    taken_at: {type: str, description: "When it was fetched, in UTC."}
    versions: {type: dict, description: "Versions of C(engine) and C(wizard)."}
    wizard: {type: dict, description: "The wizard's file: C(name), C(written_at), C(age) and C(note); empty where there is none."}
msg:
  description: Everything that stands against it, in plain sentences, each with what to do next.
  returned: failure
  type: str
  sample: "srv2 gave no export of its settings: service_stopped: Synchronization Service is not running."
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
  sample: "Start the service ADSync of srv2, then run the same command again; nothing was changed."
"""
