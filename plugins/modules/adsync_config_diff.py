# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (https://www.gnu.org/licenses/gpl-3.0.txt)
"""Documentation of the action plugin of the same name; there is no code here."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: adsync_config_diff
short_description: Compare the settings of Entra Connect servers, by their exports
version_added: 1.0.0
description:
  - Compares exports of settings that are on the controller, and asks no server. Ids of connectors, partitions and rules are read as names, and what
    differs between servers anyway, such as times, versions of files, accounts and the role, is left out.
  - Differences are grouped as rules, scope, attributes, run profiles, features and settings. Each has the verdict that gate G9 gives it. V(refuse) is
    what changes what is exported (rules, scope, anchor). V(warn) is all else. V(expected) is a standard rule that another version of the product
    brings.
  - Standard rules that differ in their precedence alone do not differ. Encrypted values are neither compared nor shown.
  - The comparison is kept as text, JSON and one HTML page that opens offline, in a private folder below C(settings) in the report folder.
  - A difference is no failure of the task.
author: The hybrid_identity.entra_connect contributors (!UNKNOWN)
extends_documentation_fragment:
  - hybrid_identity.entra_connect.attributes
attributes:
  check_mode:
    support: full
    details: The comparison is written on the controller in check mode too. No server is asked.
  diff_mode:
    support: N/A
    details: Only reads, so there is no difference to show.
  idempotent:
    support: partial
    details: Each run writes a new comparison, which does not count as a change.
options:
  reference:
    description:
      - What the others are compared with.
      - A server of O(exports), a folder with an export, or the inventory name of a server whose newest export below O(report_dir) is taken.
      - By default it is the one of O(exports) that was active by what its export says, else the first that could be read.
    type: str
  others:
    description: What is compared with it, each as for O(reference). By default these are all other servers of O(exports).
    type: list
    elements: str
    default: []
  exports:
    description: Exports by server, as RV(hybrid_identity.entra_connect.adsync_config_export#module:servers) gives them.
    type: dict
    default: {}
  report_dir:
    description: Folder on the controller below which exports are looked for, and the comparison is written.
    type: path
    required: true
  same_server:
    description:
      - The reference is an export before an upgrade, and the first of the others is one of the same server after it.
      - Returns what the upgrade made of each rule in RV(upgraded).
    type: bool
    default: false
  allow_unread:
    description: Tell an export that cannot be read as not checked, and go on. By default the task fails then, after it has compared the others.
    type: bool
    default: false
  show:
    description: Show the comparison as text too.
    type: bool
    default: false
seealso:
  - module: hybrid_identity.entra_connect.adsync_config_export
"""

EXAMPLES = r"""
# Ad hoc: ansible srv1 -m hybrid_identity.entra_connect.adsync_config_diff -a "reference=srv1 others=srv2 report_dir=./entra-connect-reports"

- name: Export all servers
  hybrid_identity.entra_connect.adsync_config_export:
    report_dir: ./entra-connect-reports
  register: entra_settings

- name: Compare them with the active one
  hybrid_identity.entra_connect.adsync_config_diff:
    exports: "{{ entra_settings.servers }}"
    report_dir: ./entra-connect-reports
    show: true
"""

RETURN = r"""
outcome:
  description:
    - How it ended, in one word.
    - V(done) means that all that could be read was compared, whatever was found.
    - V(incomplete) means that an export could not be read.
    - V(refused) means that an option cannot be meant, or the report folder cannot be written.
    - V(unknown) means that the task was interrupted.
  returned: always
  type: str
  sample: done
equal:
  description: Whether all were compared, and no difference was found.
  returned: success
  type: bool
  sample: true
reference:
  description: What the others were compared with.
  returned: when exports were compared
  type: str
  sample: srv1
comparisons:
  description: What was found, by the name of each other export.
  returned: when exports were compared
  type: dict
  contains:
    checked: {type: bool, description: "Whether it could be compared."}
    reason: {type: str, description: "Why it could not."}
    verdict: {type: str, description: "The heaviest of V(equal), V(expected), V(warn) and V(refuse), or V(not checked)."}
    by_group: {type: dict, description: "How many differences there are in each group."}
    by_verdict: {type: dict, description: "How many differences there are of each verdict."}
    differences:
      description: Each with C(group), C(kind), C(verdict), C(why), C(title), C(field), and the values that only C(reference) or C(other) has.
      type: list
      elements: dict
at_risk:
  description: Standard rules that one of the servers has changed, which an upgrade of that server resets, as far as exports tell.
  returned: when exports were compared
  type: list
  elements: str
  sample: ["In from AD - User Common (contoso.local, inbound)"]
at_risk_known:
  description: How far exports tell that.
  returned: when exports were compared
  type: str
  sample: "An export does not say whether a standard rule was changed; listed are those that differ between servers while their version is the same."
features:
  description: By the name of each export, features that pause with the role or stay with the server, and whether they are on. One that an export
    does not tell is absent.
  returned: when exports were compared
  type: dict
  sample: {srv1: {device_writeback: false, group_writeback: false, seamless_sign_on: true}}
upgraded:
  description: With O(same_server) what an upgrade made of each rule, with C(rule), C(field) and C(what).
  returned: when exports were compared
  type: list
  elements: dict
  sample: []
text:
  description: The comparison as lines of text, for people.
  returned: when exports were compared
  type: list
  elements: str
  sample: ["srv2 against srv1: the settings are equal"]
files:
  description: Where the comparison was written, as C(txt), C(json) and C(html).
  returned: when exports were compared
  type: dict
  sample: {html: /home/me/entra-connect-reports/settings/20261102T201500Z-comparison-4f6f8e/comparison.html}
msg:
  description: Everything that stands against it, in plain sentences, each with what to do next.
  returned: failure
  type: str
  sample: "There is no export of srv2: there is neither a folder of that name nor an export of such a server below ./entra-connect-reports."
refusals:
  description: Everything that stands against it, as data.
  returned: failure
  type: list
  elements: dict
  contains:
    code: {type: str, description: "Stable name of the reason."}
    server: {type: str, description: "Name of the export, or inventory name of the task's host."}
    text: {type: str, description: "What is wrong, in one sentence."}
    next: {type: str, description: "What to do next."}
next_command:
  description: What to do next about the first of them.
  returned: failure
  type: str
  sample: "Export it with hybrid_identity.entra_connect.compare_settings, or name a folder with an export."
"""
