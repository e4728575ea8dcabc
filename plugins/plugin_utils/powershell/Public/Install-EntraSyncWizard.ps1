# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Install-EntraSyncWizard {
    <#
    .SYNOPSIS
    Lays the wizard down with a quiet MSI; the engine stays as it is until a person runs the wizard (adsync.md 6.3).
    .DESCRIPTION
    Codes: installer_missing, checksum_wrong, unknown_result (the installer did not end in time).
    #>
    param([int]$Epoch, [string]$RunId, [Parameter(Mandatory = $true)][string]$Path, [Parameter(Mandatory = $true)][string]$Sha256, [int]$TimeoutSeconds = 900)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    return (Invoke-Change -Function 'Install-EntraSyncWizard' -Epoch $Epoch -RunId $RunId -Change {
            param($record)
            $file = Get-EntraSyncInstaller -Path $Path
            if (-not $file.exists) { New-Refusal 'installer_missing' "there is no file $Path" }
            if ($file.sha256 -ne $Sha256) { New-Refusal 'checksum_wrong' "$Path has another checksum" }
            Set-Lease -Claim $record['claim'] -Seconds ($TimeoutSeconds + 120)
            Write-Record $record
            $code = Invoke-Installer -Path $Path -TimeoutSeconds $TimeoutSeconds
            [pscustomobject]@{ changed = $true; exit_code = $code; reboot = ($code -eq 3010) }
        })
}
