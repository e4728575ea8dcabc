# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The option `claim`, which every module has that changes a server."""

from __future__ import annotations


class ModuleDocFragment:
    """Fragment `hybrid_identity.entra_connect.claim`."""

    DOCUMENTATION = r"""
options:
  claim:
    description:
      - Token of the claim under which the server is changed, as RV(hybrid_identity.entra_connect.adsync_claim#module:claim) gives it,
        for instance V(3.5f2a9c0d1e7b).
      - A server is only changed while it holds the I(equal) token, of a claim that has not ended. Each request renews the claim by 120
        seconds or more, or by the value of the variable C(entra_connect_lease) where it is set.
      - It is no secret. It does not give anybody rights on a server.
    type: str
"""
