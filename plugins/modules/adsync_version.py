# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (https://www.gnu.org/licenses/gpl-3.0.txt)
"""Documentation of the action plugin of the same name; there is no code here."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: adsync_version
short_description: Read the installed versions of one server and assert what is wanted
version_added: 1.0.0
description:
  - Reads the versions of the engine, the wizard, the product entry and the configuration of one server, and judges them by a dated table
    of releases that comes with the collection.
  - The engine's version is the one that runs, and the one that O(minimum) and O(exact) are compared with. A version that cannot be read
    never meets them.
  - A wizard that is newer than the engine, or a configuration that is older, means that an upgrade was laid down and not finished in the
    wizard. That fails too where O(minimum) or O(exact) is given.
author: The hybrid_identity.entra_connect contributors (!UNKNOWN)
extends_documentation_fragment:
  - hybrid_identity.entra_connect.attributes
  - hybrid_identity.entra_connect.attributes.read_only
  - hybrid_identity.entra_connect.server
options:
  minimum:
    description:
      - Fail where the engine is older than this version of four numbers.
      - Mutually exclusive with O(exact).
    type: str
  exact:
    description:
      - Fail where the engine has another version than this one of four numbers.
      - Mutually exclusive with O(minimum).
    type: str
  timeout:
    description: Seconds that the read may take; after that the module fails with an unknown result.
    type: int
    default: 60
seealso:
  - module: hybrid_identity.entra_connect.adsync_upgrade
"""

EXAMPLES = r"""
# Ad hoc: ansible srv1 -m hybrid_identity.entra_connect.adsync_version -a minimum=2.6.92.0

- name: Read the versions
  hybrid_identity.entra_connect.adsync_version:
  register: entra_version

- name: Show whether the version is supported
  ansible.builtin.debug:
    msg: "{{ entra_version.versions.engine }}, supported until {{ entra_version.versions.end_of_support | default('further notice', true)
      }}"

- name: Assert that the upgrade has come to its end
  hybrid_identity.entra_connect.adsync_version:
    exact: 2.6.92.0
"""

RETURN = r"""
outcome:
  description:
    - How it ended, in one word.
    - V(done) means that it was read.
    - V(refused) means that something says no, see RV(refusals); nothing was changed.
    - V(unknown) means that what is so cannot be told. Only a read, or the same request again, may follow.
  returned: always
  type: str
  sample: done
versions:
  description: What is installed. A version that could not be read is empty.
  returned: when the server answered
  type: dict
  contains:
    engine: {type: str, description: "Version of the running engine's program, the one that counts.", sample: 2.6.92.0}
    wizard: {type: str, description: "Version of the wizard on disk.", sample: 2.6.92.0}
    product: {type: str, description: "Version of the entry in the list of installed programs.", sample: 2.6.92.0}
    configuration: {type: str, description: "Version that last configured the database.", sample: 2.6.92.0}
    pending_wizard: {type: bool, description: "Whether an upgrade was laid down and not finished in the wizard."}
    supported: {type: bool, description: "Whether the engine's version was supported on the date of the table.", returned: when the
      engine is known}
    end_of_support:
      description: Date on which its support ends, empty where none is known, V(unknown) for a version that the table does not list.
      returned: when the engine is known
      type: str
      sample: "2027-09-23"
    known_bad: {type: str, description: "Why this version must not be used, else empty.", returned: when the engine is known}
    hard_stop: {type: str, description: "Date from which the cloud service does not work with it, else empty.", returned: when the engine
      is known}
    as_of: {type: str, description: "Date of the table of releases.", returned: when the engine is known, sample: "2026-11-01"}
msg:
  description: Everything that stands against it, in plain sentences, each with what to do next.
  returned: failure
  type: str
  sample: "srv1 has version 2.5.79.0, at least 2.6.92.0 is wanted. Run hybrid_identity.entra_connect.swing_upgrade -e
    entra_connect_version=2.6.92.0."
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
    - code: version_low
      server: srv1
      text: "srv1 has version 2.5.79.0, at least 2.6.92.0 is wanted."
      next: "Run hybrid_identity.entra_connect.swing_upgrade -e entra_connect_version=2.6.92.0."
next_command:
  description: What to do next about the first refusal.
  returned: failure
  type: str
  sample: "Run hybrid_identity.entra_connect.swing_upgrade -e entra_connect_version=2.6.92.0."
"""
