# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# What a session of the lab starts with: our functions, as they are installed, and over them the stubs.
. ([scriptblock]::Create([IO.File]::ReadAllText($env:ENTRA_LAB_FUNCTIONS)))
foreach ($stub in 'adsync', 'windows') { . (Join-Path $env:ENTRA_LAB_STUBS "$stub.ps1") }
