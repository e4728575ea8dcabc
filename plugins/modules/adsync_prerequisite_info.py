# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (https://www.gnu.org/licenses/gpl-3.0.txt)
"""Documentation of the action plugin of the same name; there is no code here."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: adsync_prerequisite_info
short_description: Read what a switch and an upgrade rest on, of every server
version_added: 1.0.0
description:
  - Reads of all servers of a topology side by side what M(hybrid_identity.entra_connect.adsync_info) does not read. That is a pending restart,
    free disk space, .NET, TLS 1.2, PowerShell's policies, the database, the cloud identity and its certificate, the service's account, the AD
    domains, and the clock. It changes nothing.
  - A value that cannot be read is V(null) or empty, which never means that all is well. A server that does not answer is told in
    RV(prerequisites), and does not fail the task. The gates of M(hybrid_identity.entra_connect.adsync_plan) judge it.
  - Who owns the database is not read. Only the account that runs the wizard matters, and the database is not touched.
author: The hybrid_identity.entra_connect contributors (!UNKNOWN)
extends_documentation_fragment:
  - hybrid_identity.entra_connect.attributes
  - hybrid_identity.entra_connect.attributes.read_only
  - hybrid_identity.entra_connect.server
options:
  timeout:
    description: Seconds that the read of each server may take. The engine itself may take a while for a domain that it does not reach.
    type: int
    default: 120
seealso:
  - module: hybrid_identity.entra_connect.adsync_plan
  - module: hybrid_identity.entra_connect.adsync_info
"""

EXAMPLES = r"""
# Ad hoc: ansible srv1 -m hybrid_identity.entra_connect.adsync_prerequisite_info

- name: Read what the upgrade rests on
  hybrid_identity.entra_connect.adsync_prerequisite_info:
  register: entra_prerequisites

- name: Show which servers wait for a restart
  ansible.builtin.debug:
    msg: "{{ entra_prerequisites.prerequisites | dict2items | selectattr('value.reboot_pending', 'equalto', true) | map(attribute='key') }}"
"""

RETURN = r"""
outcome:
  description:
    - How it ended, in one word.
    - V(done) means that every server was asked.
    - V(refused) means that something says no, see RV(refusals).
    - V(unknown) means that what is so cannot be told.
  returned: always
  type: str
  sample: done
prerequisites:
  description: By inventory name of the server, what was read. What is V(null) or empty was not read, or is not there.
  returned: success
  type: dict
  contains:
    problem: {type: str, description: "Why the server gave no answer; all else is then V(null)."}
    now: {type: str, description: "The server's time, UTC, ISO 8601."}
    computer_name: {type: str, description: "Name that Windows gives itself."}
    clock_offset: {type: float, description: "Seconds that its clock is ahead of the controller's at least; negative where it is behind."}
    os_name: {type: str, description: "Name of the Windows edition.", sample: Windows Server 2022 Standard}
    os_build: {type: str, description: "Its build.", sample: "20348"}
    os_kind: {type: str, description: "V(Server), or V(Server Core), on which the wizard cannot run.", sample: Server}
    reboot_pending: {type: bool, description: "Whether Windows waits for a restart."}
    reboot_reasons: {type: list, elements: str, description: "Why."}
    net_release: {type: int, description: "Release of the .NET Framework; 461808 is 4.7.2.", sample: 528449}
    tls_client: {type: str, description: "TLS 1.2 for clients, V(on), V(off), or V(default) where the registry says nothing."}
    tls_server: {type: str, description: "The same for servers."}
    strong_crypto: {type: str, description: "SchUseStrongCrypto of .NET 4, likewise."}
    execution_policy: {type: str, description: "Of the machine, the group policy first; empty where none is set."}
    transcription: {type: bool, description: "Whether a group policy has PowerShell write transcripts, which can break the wizard."}
    system_drive: {type: str, description: "The drive of Windows."}
    system_free_mb: {type: int, description: "Its free space, in MB of 1,048,576 bytes."}
    data_drive: {type: str, description: "The drive of the sync engine."}
    data_free_mb: {type: int, description: "Its free space."}
    engine_config_changed: {type: bool, description: "Whether miiserver.exe.config seems to have been changed since the installation. By file
      times, uncertain."}
    service_account: {type: str, description: "Account of the service ADSync.", sample: NT SERVICE\ADSync}
    service_account_kind: {type: str, description: "By its name, V(virtual), V(managed), V(domain), V(local) or V(system)."}
    unread: {type: list, elements: str, description: "What of Windows could not be read, and why."}
    sql_read: {type: bool, description: "Whether the engine told its database, which shows that it reaches it."}
    sql_error: {type: str, description: "Why it did not."}
    sql_server: {type: str, description: "Name of the SQL server."}
    sql_instance: {type: str, description: "Its instance."}
    sql_database: {type: str, description: "Name of the database."}
    sql_local: {type: bool, description: "Whether it is LocalDB."}
    sql_used_mb: {type: int, description: "Used space, in MB."}
    sql_version: {type: str, description: "Version of the SQL server."}
    identity_known: {type: bool, description: "Whether the engine told its cloud identity; versions below 2.5.3.0 cannot."}
    identity_kind: {type: str, description: "V(Application) or V(ServiceAccount)."}
    identity_error: {type: str, description: "Why it did not."}
    entra_account: {type: str, description: "User name of the Entra connector."}
    application_id: {type: str, description: "Id of the application, where it is told. Uncertain."}
    certificate: {type: str, description: "Thumbprint of its certificate, where it is told. Uncertain."}
    certificate_ends: {type: str, description: "When the certificate ends, UTC, ISO 8601."}
    forests: {type: list, elements: str, description: "AD forests, by the names of their connectors."}
    domains:
      description: Their domains.
      type: list
      elements: dict
      contains:
        connector: {type: str, description: "Name of the connector."}
        domain: {type: str, description: "Name of the domain."}
        reachable: {type: bool, description: "Whether the engine reaches it."}
        error: {type: str, description: "Why it does not."}
    domains_error: {type: str, description: "Why the domains could not be read."}
msg:
  description: Everything that stands against it, in plain sentences, each with what to do next.
  returned: failure
  type: str
  sample: "server: srv9 is not a member of this topology; write one of srv1, srv2"
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
  sample: []
next_command:
  description: What to do next about the first refusal.
  returned: failure
  type: str
  sample: "Correct the inventory, then run the same command again."
"""
