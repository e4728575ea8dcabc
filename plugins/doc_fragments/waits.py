# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options for waits; their names stand in the messages about a wait that took too long."""

from __future__ import annotations


class ModuleDocFragment:
    """Fragment `hybrid_identity.entra_connect.waits`; `.idle` is for modules that never wait for a person."""

    DOCUMENTATION = r"""
options:
  idle_timeout:
    description:
      - Seconds to wait at most until the server is idle or quiet, or answers after a start of its service.
      - Idle means that no cycle runs and no connector is busy, in two reads in a row. Quiet means that besides staging mode is read back
        on, no export has begun since, and no password-hash cycle is in progress.
    type: int
    default: 1800
  wizard_timeout:
    description:
      - Seconds to wait at most until a person has finished in the wizard of Microsoft Entra Connect, I(AzureADConnect.exe), and has
        closed it.
    type: int
    default: 3600
  poll_interval:
    description:
      - Seconds between two reads while waiting. Each read renews the claim, so keep it well below 120.
    type: float
    default: 10.0
"""

    IDLE = r"""
options:
  idle_timeout:
    description:
      - Seconds to wait at most until the server is idle or quiet, or answers after a start of its service.
      - Idle means that no cycle runs and no connector is busy, in two reads in a row. Quiet means that besides staging mode is read back
        on, no export has begun since, and no password-hash cycle is in progress.
    type: int
    default: 1800
  poll_interval:
    description:
      - Seconds between two reads while waiting. Each read renews the claim, so keep it well below 120.
    type: float
    default: 10.0
"""
