# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Import-Sync {
    <#
    .SYNOPSIS
    Loads the ADSync module: by name, else from the engine's folder, since old sessions do not see its path (adsync.md 11). module_missing.
    #>
    if (Microsoft.PowerShell.Core\Get-Command -Name 'Get-ADSyncScheduler' -ErrorAction SilentlyContinue) { return }
    try { $null = Import-Module -Name 'ADSync' -ErrorAction Stop }
    catch {
        $why = $_.Exception.Message
        $path = [IO.Path]::Combine((Get-ServiceParameter), 'Bin', 'ADSync', 'ADSync.psd1')
        try { $null = Import-Module -Name $path -ErrorAction Stop }
        catch { New-Refusal 'module_missing' "the ADSync module cannot be loaded: $why" }
    }
}
