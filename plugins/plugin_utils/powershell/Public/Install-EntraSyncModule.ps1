# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Install-EntraSyncModule {
    <#
    .SYNOPSIS
    Installs our functions as a module for all users, as a whole or not at all; other versions are removed afterwards.
    .DESCRIPTION
    Sent inline, so that it works where nothing is installed. The same version with the same checksum is left alone. An older version that
    is in use stays; its folder is told in left. Without a token only a live claim stands against it.
    Codes: claim_live, module_files, module_checksum, module_unwritable, busy, record_unreadable, journal_failed, unknown_result.
    .PARAMETER Version
    Version of the module, as in its manifest.
    .PARAMETER Sha256
    Checksum over all files, as Get-EntraSyncModule gives it.
    .PARAMETER Files
    One JSON text: relative name -> text of the file. Only plain names of PowerShell files, with slashes.
    #>
    param([Parameter(Mandatory = $true)][ValidatePattern('\A\d+\.\d+\.\d+\z')][string]$Version,
        [Parameter(Mandatory = $true)][ValidatePattern('\A[0-9a-f]{64}\z')][string]$Sha256, [Parameter(Mandatory = $true)][string]$Files)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    return (Invoke-Change -Function 'Install-EntraSyncModule' -NeedsToken $false -Change {
            param($record)
            $content = ConvertTo-ModuleFile -Json $Files
            $same = @(Get-ModuleInstallation | Where-Object { $_.version -eq $Version -and $_.sha256 -eq $Sha256 }).Count -eq 1
            if (-not $same) { New-ModuleVersion -Version $Version -Sha256 $Sha256 -Files $content }
            $others = Remove-ModuleVersion -Keep $Version
            [pscustomobject]@{ changed = (-not $same -or $others.removed -gt 0); version = $Version; sha256 = $Sha256; left = @($others.left) }
        })
}
