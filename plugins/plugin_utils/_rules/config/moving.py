# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Features that pause with the role, or stay with a server, as far as an export tells (adsync.md 4, 10).

Internal to the collection: no promise of stability between releases.
"""

from __future__ import annotations

from .things import Export

PARAMETERS = {
    "device_writeback": "Microsoft.OptionalFeature.DeviceWriteBack",
    "group_writeback": "Microsoft.OptionalFeature.GroupWriteBack",
    "seamless_sign_on": "Microsoft.UserSignIn.DesktopSsoEnabled",
}


def features(export: Export) -> dict[str, bool]:
    """Which of them are on or off; one that the export does not tell is absent."""
    server = export.things.get(("server",))
    told = {name: server.fields[key].values for name, key in PARAMETERS.items() if server is not None and key in server.fields}
    return {name: values[0].lower() == "true" for name, values in told.items() if len(values) == 1 and values[0].lower() in ("true", "false")}
