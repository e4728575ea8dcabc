# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# What every PowerShell of the lab starts with: the stubs, and a drive C: for files that people put on a server.
foreach ($stub in 'model', 'windows', 'facilities') { . (Join-Path $env:ENTRA_LAB_STUBS "$stub.ps1") }
$null = New-PSDrive -Name 'C' -PSProvider FileSystem -Root $env:ENTRA_LAB_DISK -Scope Global
