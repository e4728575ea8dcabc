# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The attributes that all modules share. A module overrides the support and the details where its own differ."""

from __future__ import annotations


class ModuleDocFragment:
    """Fragment `hybrid_identity.entra_connect.attributes`."""

    DOCUMENTATION = r"""
attributes:
  check_mode:
    description: Can run in check mode and tell what would change, without changing the product, the record or the journal of any server.
    support: full
  diff_mode:
    description: Returns the values before and after a change in diff mode.
    support: full
  idempotent:
    description: A second run with the same options, outside of check mode, changes nothing and returns RV(ignore:changed=false).
    support: full
  platform:
    description: The operating systems that this module works on. It runs on the controller and works on the servers of Entra Connect Sync.
    platforms: windows
    support: full
  action:
    description: Has an action plugin of the same name, which does all of the work on the controller.
    support: full
  async:
    description: Can be used with the keyword C(async).
    support: none
    details: The work is done on the controller, which polls the servers and keeps the claim alive for as long as the task waits.
  bypass_host_loop:
    description: Runs once for all hosts of the play instead of once per host.
    support: none
  become:
    description: Can be used with C(become) and its keywords.
    support: none
    details: The user of the connection must be an administrator of the server, or be allowed to use the JEA endpoint that it connects to.
  connection:
    description: Uses the configured connection of the host.
    support: partial
    details:
      - C(ansible_connection=psrp) and C(ansible_connection=winrm) work, no other; a JEA endpoint works with C(psrp) only.
      - The connection settings of other servers than the task's own host come from their host and group variables; play variables are not
        visible there.
  delegation:
    description: Can be used with C(delegate_to) and its keywords.
    support: none
    details: Name the server with the option C(server) instead; a delegated connection would be taken for that of the task's own host.
  action_group:
    description: Set options for all modules of the collection at once with C(module_defaults), by the name of their group.
    membership:
      - hybrid_identity.entra_connect.entra_connect
    support: full
"""

    # For modules that only read.
    READ_ONLY = r"""
attributes:
  check_mode:
    description: Can run in check mode and tell what would change, without changing the product, the record or the journal of any server.
    support: full
    details: Only reads, so it does the same in check mode as outside of it.
  diff_mode:
    description: Returns the values before and after a change in diff mode.
    support: N/A
    details: Only reads, so there is no difference to show.
"""
