# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-EngineVersion {
    <#
    .SYNOPSIS
    The version of the running engine's file, the authoritative one; of the engine's own uninstall entry where the file tells none (adsync.md 5.1, 5.2).
    #>
    $version = Get-FileVersion -Path ([IO.Path]::Combine((Get-ServiceParameter), 'Bin', 'miiserver.exe'))
    if ($version) { return $version }
    $told = @(Get-UninstallEntry | Where-Object { $_.name -like '*synchronization services' -and $_.version -match '\A\d+(\.\d+){3}\z' })
    if ($told.Count -ne 1) { return '' }
    return $told[0].version
}
