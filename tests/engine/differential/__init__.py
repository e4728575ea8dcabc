# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same calls and the same acts of the world on both engines of the lab, and a comparison of all that came of them."""
