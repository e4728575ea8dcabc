# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The option `server`, which every module has that connects to a server."""

from __future__ import annotations


class ModuleDocFragment:
    """Fragment `hybrid_identity.entra_connect.server`."""

    DOCUMENTATION = r"""
options:
  server:
    description:
      - Inventory name (C(inventory_hostname)) of the server that the task is about.
      - By default it is the task's own host.
      - Where the module reads the whole topology, it must be one of its servers. These are the hosts of the inventory group
        C(entra_connect) that have the same value of the variable C(entra_connect_topology) as the task's own host; where the variable is
        not set, the whole group is one topology.
    type: str
"""
