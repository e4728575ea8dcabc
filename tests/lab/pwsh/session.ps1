# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# What every PowerShell of the lab starts with: the stubs, and a drive C: for files that people put on a server. The stubs are private: our
# functions reach them as they would the real cmdlets, a client of a restricted endpoint does not.
$before = @((Get-ChildItem -Path 'function:').Name)
foreach ($stub in 'model', 'windows', 'endpoints', 'facilities') { . (Join-Path $env:ENTRA_LAB_STUBS "$stub.ps1") }
foreach ($function in Get-ChildItem -Path 'function:') { if ($function.Name -notin $before) { $function.Visibility = 'Private' } }
foreach ($name in $stubs.Keys) { (Get-Item -Path "alias:$name").Visibility = 'Private' }
$null = New-PSDrive -Name 'C' -PSProvider FileSystem -Root $env:ENTRA_LAB_DISK -Scope Global
