# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Look-alike Windows servers on loopback: real HTTP, WSMan and PSRP in front, a simulated world behind."""
