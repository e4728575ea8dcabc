# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real PowerShell engine behind the lab: our functions run on it, the cmdlets under them are stubs that ask the model."""
